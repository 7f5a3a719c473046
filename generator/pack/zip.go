package pack

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// modified is the time of every entry: the first that the format knows, in every zone.
var modified = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Modes of entries. An archive that has them says that it comes from Unix, and the host takes the right to
// run the program from there (host-spec 4.4).
const (
	programMode fs.FileMode = 0o755
	fileMode    fs.FileMode = 0o644
)

// WriteZip writes the zip with the program that the file program has. The same files give the same bytes.
// The error names the file that cannot be read or written.
func (c *Contents) WriteZip(w io.Writer, program string) error {
	root, err := os.OpenRoot(c.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, e := range c.Entries {
		open, mode := root.Open, fileMode // root leaves its folder for no link, whatever was put there since
		if e.IsProgram {
			open, mode = func(string) (*os.File, error) { return os.Open(program) }, programMode
		}
		if err := addEntry(z, e.Name, mode, open); err != nil {
			return fmt.Errorf("cannot pack %s: %w", e.Name, err)
		}
	}
	return z.Close()
}

func addEntry(z *zip.Writer, name string, mode fs.FileMode, open func(string) (*os.File, error)) error {
	f, err := open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	header := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: modified}
	header.SetMode(mode)
	w, err := z.CreateHeader(header)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}
