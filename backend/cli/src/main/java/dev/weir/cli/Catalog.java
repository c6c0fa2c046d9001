package dev.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.weir.api.Codec;
import dev.weir.api.WeirClient;
import dev.weir.api.Words;
import dev.weir.model.Credential;
import dev.weir.model.InvalidException;
import dev.weir.model.Operation;
import dev.weir.model.OperationSet;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// What diagnoses are made of.
enum Catalog {
    OPERATION("operation", "an operation of diagnosis"),
    OPERATION_SET("operation-set", "a pipeline of operations"),
    CREDENTIAL("credential", "a credential for protected targets");

    private final String word;
    private final String description;

    Catalog(String word, String description) {
        this.word = word;
        this.description = description;
    }

    String word() {
        return word;
    }

    String description() {
        return description;
    }

    /// One entry: its name, its row in a table, and its document.
    record Entry(String name, List<Object> row, JsonNode document) {}

    Table table() {
        return switch (this) {
            case OPERATION -> new Table("NAME", "TYPE", "PARAMETERS", "TIMEOUT", "DESCRIPTION");
            case OPERATION_SET -> new Table("NAME", "STEPS", "DESCRIPTION");
            case CREDENTIAL -> new Table("NAME", "ORIGINS", "CA");
        };
    }

    List<Entry> list(WeirClient client) throws IOException {
        return switch (this) {
            case OPERATION -> client.operations().stream().map(Catalog::entry).toList();
            case OPERATION_SET -> client.operationSets().stream().map(Catalog::entry).toList();
            case CREDENTIAL -> client.credentials().stream().map(Catalog::entry).toList();
        };
    }

    Entry find(WeirClient client, String name) throws IOException, NotFoundException {
        List<Entry> entries = list(client);
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        throw new NotFoundException(word, name, entries.stream().map(Entry::name).toList());
    }

    /// Stores the document; answers its name.
    String put(WeirClient client, JsonNode document) throws IOException, InvalidException {
        String object = word + " " + document.path("name").asText("");
        switch (this) {
            case OPERATION -> client.putOperation(Codec.read(document, Operation.class, object));
            case OPERATION_SET ->
                    client.putOperationSet(Codec.read(document, OperationSet.class, object));
            case CREDENTIAL -> client.putCredential(Codec.read(document, Credential.class, object));
        }
        return document.path("name").asText("");
    }

    void delete(WeirClient client, String name) throws IOException {
        switch (this) {
            case OPERATION -> client.deleteOperation(name);
            case OPERATION_SET -> client.deleteOperationSet(name);
            case CREDENTIAL -> client.deleteCredential(name);
        }
    }

    private static Entry entry(Operation operation) {
        String parameters =
                operation.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .sorted()
                        .collect(Collectors.joining(","));
        return new Entry(
                operation.name(),
                List.of(
                        operation.name(),
                        Words.of(operation.type()),
                        parameters,
                        Words.of(operation.timeout()),
                        operation.description()),
                Codec.write(operation));
    }

    private static Entry entry(OperationSet set) {
        String steps =
                set.steps().stream().map(OperationSet.Step::name).collect(Collectors.joining(","));
        return new Entry(
                set.name(), List.of(set.name(), steps, set.description()), Codec.write(set));
    }

    private static Entry entry(Credential credential) {
        return new Entry(
                credential.name(),
                List.of(
                        credential.name(),
                        String.join(",", credential.origins()),
                        credential.caPem() == null ? "platform" : "own"),
                Codec.write(credential));
    }
}
