package dev.weir.xds;

import com.google.protobuf.Message;

import dev.weir.model.Reference;

import io.envoyproxy.envoy.service.discovery.v3.Resource;

import java.util.List;

/// One translated resource, serialized once.
///
/// @param source the virtual server, target group or certificate it came from
/// @param revision the revision that brought this content
/// @param wire name, version and `Any` as they go into every response
/// @param needs clusters that a node must hold before this resource makes sense there
/// @param follows what a node will subscribe to once it has this resource
public record XdsResource(
        XdsKey key,
        Reference source,
        long revision,
        Resource wire,
        List<XdsKey> needs,
        List<XdsKey> follows) {

    public XdsResource {
        needs = List.copyOf(needs);
        follows = List.copyOf(follows);
    }

    static XdsResource of(XdsKey key, Reference source, long revision, Message message) {
        return of(key, source, revision, message, List.of(), List.of());
    }

    static XdsResource of(
            XdsKey key,
            Reference source,
            long revision,
            Message message,
            List<XdsKey> needs,
            List<XdsKey> follows) {
        return new XdsResource(
                key, source, revision, Serialized.resource(key.name(), message), needs, follows);
    }

    /// A hash of the content: the same on every controller and after every restart.
    public String version() {
        return wire.getVersion();
    }
}
