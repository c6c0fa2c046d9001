package dev.weir.console.certificate;

import dev.weir.console.editing.FormCodec;
import dev.weir.console.session.CertificateChain;
import dev.weir.model.Certificate;
import dev.weir.model.Draft;
import dev.weir.model.Problem;
import dev.weir.model.Resource;
import dev.weir.model.Secret;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the fields of a certificate hold; immutable.
///
/// @param key as given now; null keeps the stored one
/// @param keyStored whether the server has a key to keep
public record CertificateForm(
        String name, String description, String chain, @Nullable Secret key, boolean keyStored) {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN ([A-Z]+ )?PRIVATE KEY-----.*?-----END ([A-Z]+ )?PRIVATE KEY-----\\s*",
                    Pattern.DOTALL);

    /// A certificate that does not exist yet.
    public static final CertificateForm BLANK = new CertificateForm("", "", "", null, false);

    /// Between resources and forms.
    public static final FormCodec<CertificateForm> CODEC =
            new FormCodec<>() {
                @Override
                public CertificateForm form(Resource<?> resource) {
                    Certificate spec = (Certificate) resource.spec();
                    return new CertificateForm(
                            resource.name(), resource.description(), spec.chainPem(), null, true);
                }

                @Override
                public Reading read(CertificateForm form, Map<String, String> labels) {
                    return form.read(labels);
                }
            };

    private FormCodec.Reading read(Map<String, String> labels) {
        List<Problem> problems = new ArrayList<>();
        if (chain.contains("-----BEGIN CERTIFICATE-----")
                && CertificateChain.read(chain).isEmpty()) {
            problems.add(
                    new Problem(
                            "spec.chainPem",
                            "cannot be read as X.509 certificates in PEM; give whole blocks from"
                                    + " BEGIN to END"));
        }
        if (key == null && !keyStored) {
            problems.add(new Problem("spec.privateKey", "is required where none is stored yet"));
        }
        return new FormCodec.Reading(
                new Draft<>(name.strip(), description, labels, new Certificate(chain, key)),
                problems);
    }

    CertificateForm withName(String text) {
        return new CertificateForm(text, description, chain, key, keyStored);
    }

    CertificateForm withDescription(String text) {
        return new CertificateForm(name, text, chain, key, keyStored);
    }

    /// With another chain. A key that stands in the same text becomes the key, because the chain is
    /// shown and a key is not.
    CertificateForm withChain(String text) {
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            return new CertificateForm(name, description, text, key, keyStored);
        }
        Secret given = new Secret(found.group().strip() + "\n");
        return new CertificateForm(name, description, found.replaceAll(""), given, keyStored);
    }

    /// With another key; with the stored one where the text is blank.
    CertificateForm withKey(String text) {
        return new CertificateForm(
                name, description, chain, text.isBlank() ? null : new Secret(text), keyStored);
    }

    /// Whether a whole key is given, which then shows no more.
    boolean hidesKey() {
        return key != null && KEY.matcher(key.reveal()).find();
    }
}
