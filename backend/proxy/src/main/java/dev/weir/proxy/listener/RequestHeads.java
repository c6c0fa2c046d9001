package dev.weir.proxy.listener;

import dev.weir.proxy.io.Worker;
import dev.weir.proxy.io.Workers;

import java.util.List;

/// The request parser of each worker.
final class RequestHeads {
    private final List<RequestHead> heads;

    RequestHeads(Workers workers) {
        this.heads = workers.all().stream().map(worker -> new RequestHead()).toList();
    }

    RequestHead of(Worker worker) {
        return heads.get(worker.index());
    }
}
