package dev.weir.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;

import io.envoyproxy.envoy.service.discovery.v3.Resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes of messages that depend on nothing but their content.
///
/// `Any.pack` leaves the order of map entries to chance, which would make a version differ from run
/// to run.
final class Serialized {
    private static final String PREFIX = "type.googleapis.com/";

    /// Half of a SHA-256 still makes a collision unthinkable and keeps `initial_resource_versions`
    /// small.
    private static final int VERSION_BYTES = 16;

    private Serialized() {}

    static Any any(Message message) {
        return Any.newBuilder()
                .setTypeUrl(PREFIX + message.getDescriptorForType().getFullName())
                .setValue(bytes(message))
                .build();
    }

    static Resource resource(String name, Message message) {
        Any any = any(message);
        return Resource.newBuilder()
                .setName(name)
                .setVersion(version(any.getValue()))
                .setResource(any)
                .build();
    }

    private static ByteString bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.useDeterministicSerialization();
        try {
            message.writeTo(output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteString.copyFrom(bytes);
    }

    private static String version(ByteString bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.asReadOnlyByteBuffer());
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
