package dev.weir.controller;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;

import java.io.InputStream;

/// Reads requests, and gives [#UNREADABLE] for bytes that are none, so that the stream they came on
/// can say so; gRPC alone would report a failure of the server.
record RequestMarshaller(Marshaller<DeltaDiscoveryRequest> messages)
        implements Marshaller<DeltaDiscoveryRequest> {
    /// No node means anything by this.
    static final DeltaDiscoveryRequest UNREADABLE =
            DeltaDiscoveryRequest.newBuilder().setTypeUrl("unreadable").build();

    @Override
    public InputStream stream(DeltaDiscoveryRequest request) {
        return messages.stream(request);
    }

    @Override
    public DeltaDiscoveryRequest parse(InputStream bytes) {
        try {
            return messages.parse(bytes);
        } catch (StatusRuntimeException junk) {
            return UNREADABLE;
        }
    }
}
