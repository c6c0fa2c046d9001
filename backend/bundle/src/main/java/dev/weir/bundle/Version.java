package dev.weir.bundle;

import picocli.CommandLine.IVersionProvider;

/// Says which Weir this is and which Java runs it.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Weir " + number() + " (Java " + Runtime.version() + ")"};
    }

    /// The version in the jar's manifest, or `development` where classes run without a jar.
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
