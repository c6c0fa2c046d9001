// Profiled writes real profiles of itself for the reader's tests: cpu, heap, goroutine and more.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sort"
	"sync"
	"time"
)

// Tree grows by recursion, so that functions occur many times in one stack.
type Tree[K any] struct {
	left, right *Tree[K]
	key         K
	payload     []byte
}

func grow[K any](depth int, key func(int) K) *Tree[K] {
	if depth == 0 {
		return nil
	}
	return &Tree[K]{
		left:    grow(depth-1, key),
		right:   grow(depth-1, key),
		key:     key(depth),
		payload: bytes.Repeat([]byte{byte(depth)}, 700),
	}
}

func (t *Tree[K]) digest() [32]byte {
	if t == nil {
		return [32]byte{}
	}
	left, right := t.left.digest(), t.right.digest()
	return sha256.Sum256(append(append(left[:], right[:]...), t.payload...))
}

// square is inlined into sumOfSquares, which is inlined into busy.
func square(x float64) float64 { return x * x }

func sumOfSquares(values []float64) (sum float64) {
	for _, v := range values {
		sum += square(v)
	}
	return sum
}

func busy(until time.Time, tree *Tree[string]) (sum float64) {
	values := make([]float64, 4096)
	for time.Now().Before(until) {
		for i := range values {
			values[i] = float64((i * 7919) % 4096)
		}
		for range 200 {
			sum += sumOfSquares(values)
		}
		sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
		sum += float64(tree.digest()[0])
	}
	return sum
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(dir, name string) {
	file, err := os.Create(filepath.Join(dir, name+".pb.gz"))
	check(err)
	check(pprof.Lookup(name).WriteTo(file, 0))
	check(file.Close())
}

func contend() {
	var mutex sync.Mutex
	var group sync.WaitGroup
	for i := 0; i < 4; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for j := 0; j < 20; j++ {
				mutex.Lock()
				time.Sleep(time.Millisecond)
				mutex.Unlock()
			}
		}()
	}
	group.Wait()
}

func main() {
	dir := os.Args[1]
	runtime.MemProfileRate = 4096
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)
	tree := grow(12, func(i int) string { return fmt.Sprint("key ", i) })

	cpu, err := os.Create(filepath.Join(dir, "cpu.pb.gz"))
	check(err)
	check(pprof.StartCPUProfile(cpu))
	pprof.Do(context.Background(), pprof.Labels("phase", "busy"), func(context.Context) {
		busy(time.Now().Add(500*time.Millisecond), tree)
	})
	pprof.StopCPUProfile()
	check(cpu.Close())

	contend()
	stop := make(chan struct{})
	for i := 0; i < 25; i++ {
		go func() { <-stop }()
	}
	runtime.Gosched()
	runtime.GC()
	for _, name := range []string{"heap", "allocs", "goroutine", "mutex", "block", "threadcreate"} {
		write(dir, name)
	}
	close(stop)
	runtime.KeepAlive(tree)
}
