// A program to be profiled: net/http/pprof behind TLS and a bearer token.
//
// The token and the files of the certificate and key come as flags; the address it listens on is
// its first line of output. It burns CPU, holds memory and parks goroutines, so that no profile is
// empty. With -record it stores each body it sent under its SHA-256 in that directory, where a test
// finds it again.
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	"time"
)

var held [][]byte

func main() {
	token := flag.String("token", "", "the bearer token to ask for")
	certificate := flag.String("certificate", "", "PEM file")
	key := flag.String("key", "", "PEM file")
	record := flag.String("record", "", "directory for sent bodies")
	flag.Parse()

	hold()
	go burn()
	for range 20 {
		go park()
	}

	pages := http.NewServeMux()
	pages.HandleFunc("/debug/pprof/", pprof.Index)
	pages.HandleFunc("/debug/pprof/profile", pprof.Profile)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	log.Fatal(http.ServeTLS(listener, guarded(pages, *token, *record), *certificate, *key))
}

func guarded(pages http.Handler, token, record string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			return
		}
		copied := &copying{ResponseWriter: w}
		pages.ServeHTTP(copied, r)
		if record != "" {
			sum := sha256.Sum256(copied.body.Bytes())
			name := filepath.Join(record, fmt.Sprintf("%x", sum))
			if err := os.WriteFile(name, copied.body.Bytes(), 0o600); err != nil {
				log.Print(err)
			}
		}
	})
}

type copying struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (c *copying) Write(b []byte) (int, error) {
	c.body.Write(b)
	return c.ResponseWriter.Write(b)
}

func (c *copying) Unwrap() http.ResponseWriter { return c.ResponseWriter }

//go:noinline
func hold() {
	for range 64 {
		held = append(held, make([]byte, 1<<20))
	}
}

//go:noinline
func burn() {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		sha256.Sum256(held[0][:4096])
		time.Sleep(50 * time.Microsecond)
	}
}

//go:noinline
func park() { time.Sleep(time.Hour) }
