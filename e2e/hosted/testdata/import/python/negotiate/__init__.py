import azure.functions as func


def main(req, connection) -> func.HttpResponse:
    return func.HttpResponse(connection)
