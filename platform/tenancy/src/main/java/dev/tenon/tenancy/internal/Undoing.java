package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Checked;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.PackageWriter;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.TenancyStore;
import java.util.ArrayList;
import java.util.List;

/** What takes a version of the tenant's own layer back. */
final class Undoing {

    private final Publisher publisher;
    private final TenancyStore store;

    Undoing(Publisher publisher, TenancyStore store) {
        this.publisher = publisher;
        this.store = store;
    }

    Checked<Draft> draft(String tenant, Publisher.Current current, long version, String comment) {
        Undo.Outcome undone = outcome(tenant, current, version);
        requirePossible(version, undone);
        return PackageReader.readFiles(PackageWriter.files(undone.layer()))
                .then(layer -> new Checked.Good<>(Draft.of(
                                current.layering(), ModelVersion.Kind.UNDONE, comment, lines(version, undone.changes()))
                        .withCustom(layer)));
    }

    /** What it would do, all of it, in words. */
    List<String> changes(String tenant, Publisher.Current current, long version) {
        return outcome(tenant, current, version).changes();
    }

    private Undo.Outcome outcome(String tenant, Publisher.Current current, long version) {
        if (version < 1 || version > current.row().version()) {
            throw TenancyError.UNKNOWN_VERSION.error().with("version", version).build();
        }
        Layer after = publisher.custom(store.layering(tenant, version));
        Layer before = publisher.custom(store.layering(tenant, version - 1));
        return Undo.of(before, after, publisher.custom(current.layering()));
    }

    private static void requirePossible(long version, Undo.Outcome undone) {
        if (!undone.obstacles().isEmpty()) {
            throw TenancyError.UNDO_BLOCKED
                    .error()
                    .with("version", version)
                    .details(undone.obstacles())
                    .build();
        }
        if (undone.changes().isEmpty()) {
            throw TenancyError.NOTHING_TO_UNDO.error().with("version", version).build();
        }
    }

    private static List<String> lines(long version, List<String> changes) {
        List<String> lines = new ArrayList<>();
        lines.add("undo " + version);
        lines.addAll(changes);
        return lines;
    }
}
