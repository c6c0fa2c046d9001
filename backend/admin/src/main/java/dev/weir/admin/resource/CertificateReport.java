package dev.weir.admin.resource;

import dev.weir.api.CertificateStatus;
import dev.weir.model.Certificate;
import dev.weir.model.Configuration;
import dev.weir.model.Kind;
import dev.weir.model.Reference;

/// What is known of a stored certificate: what it says and who uses it.
public final class CertificateReport {
    private CertificateReport() {}

    public static CertificateStatus of(
            Configuration configuration, String name, Certificate certificate) {
        return CertificateInspector.status(
                certificate, configuration.usersOf(new Reference(Kind.CERTIFICATE, name)));
    }
}
