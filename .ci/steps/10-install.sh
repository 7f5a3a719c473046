# What the other steps need on the machine.

system_packages() {
	local wanted=()
	if [[ ! -x ${WPS_CHROMIUM:-/usr/bin/chromium} ]]; then
		wanted+=(chromium fonts-dejavu-core)
	fi
	if ! command -v gcc >/dev/null; then
		wanted+=(gcc libc6-dev) # for the race detector
	fi
	if ((${#wanted[@]} == 0)); then
		echo 'nothing is missing'
		return
	fi
	run apt-get update -qq
	run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}"
}

browser_driver() {
	run npm ci --prefix e2e --no-audit --no-fund --ignore-scripts
}
