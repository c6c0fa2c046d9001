package dev.weir.proxy.upstream;

import dev.weir.proxy.io.Worker;

import io.netty.util.concurrent.FastThreadLocal;

/// The response parser of each event loop.
final class ResponseHeads {
    private static final FastThreadLocal<ResponseHead> HEADS =
            new FastThreadLocal<>() {
                @Override
                protected ResponseHead initialValue() {
                    return new ResponseHead();
                }
            };

    private ResponseHeads() {}

    static ResponseHead of(Worker worker) {
        if (!worker.loop().inEventLoop()) {
            throw new IllegalStateException("connections are made on their event loop");
        }
        return HEADS.get();
    }
}
