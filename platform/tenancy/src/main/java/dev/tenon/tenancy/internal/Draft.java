package dev.tenon.tenancy.internal;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageWriter;
import dev.tenon.tenancy.Layering;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.port.TenancyStore.ConflictRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A wanted state of a tenant's layers, not yet checked.
 *
 * @param contents archives that the store may not have yet, by hash
 * @param changes one line for each change
 * @param seeds packages whose initial data is to be inserted
 * @param confirmed digest of losses of values that somebody has seen and wants
 */
record Draft(
        Layering layering,
        Map<String, byte[]> contents,
        ModelVersion.Kind kind,
        String comment,
        List<String> changes,
        List<ConflictRow> conflicts,
        Optional<UUID> decided,
        Optional<String> withdrawnOf,
        List<String> seeds,
        Optional<String> confirmed) {

    /** The history is for people; nobody reads more. */
    private static final int SHOWN_CHANGES = 500;

    private static final int COMMENT_CHARS = 2000;

    static Draft of(Layering layering, ModelVersion.Kind kind, String comment, List<String> changes) {
        return new Draft(
                layering,
                Map.of(),
                kind,
                comment.length() <= COMMENT_CHARS ? comment : comment.substring(0, COMMENT_CHARS),
                shown(changes),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static List<String> shown(List<String> changes) {
        if (changes.size() <= SHOWN_CHANGES) {
            return changes;
        }
        List<String> first = new ArrayList<>(changes.subList(0, SHOWN_CHANGES));
        first.add("and " + (changes.size() - SHOWN_CHANGES) + " more");
        return first;
    }

    /** With the tenant's own layer replaced. */
    Draft withCustom(Layer custom) {
        FileArchive archive = FileArchive.of(PackageWriter.files(custom));
        Layering.Entry entry = new Layering.Entry(
                Layering.Kind.CUSTOM,
                PackageInfo.CUSTOM_NAME,
                PackageInfo.CUSTOM_NAMESPACE,
                custom.version(),
                archive.hash(),
                "",
                true);
        return withEntry(entry, archive.zip());
    }

    /** With a layer added or replaced; the tenant's own one stays on top. */
    Draft withEntry(Layering.Entry entry, byte[] archive) {
        Map<String, byte[]> more = new LinkedHashMap<>(contents);
        more.put(entry.content(), archive);
        return new Draft(
                customOnTop(layering.with(entry)),
                more,
                kind,
                comment,
                changes,
                conflicts,
                decided,
                withdrawnOf,
                seeds,
                confirmed);
    }

    Draft withConflicts(List<ConflictRow> found) {
        return new Draft(layering, contents, kind, comment, changes, found, decided, withdrawnOf, seeds, confirmed);
    }

    Draft deciding(UUID conflict) {
        return new Draft(
                layering,
                contents,
                kind,
                comment,
                changes,
                conflicts,
                Optional.of(conflict),
                withdrawnOf,
                seeds,
                confirmed);
    }

    Draft withdrawingConflictsOf(String packageName) {
        return new Draft(
                layering,
                contents,
                kind,
                comment,
                changes,
                conflicts,
                decided,
                Optional.of(packageName),
                seeds,
                confirmed);
    }

    Draft seeding(List<String> packages) {
        return new Draft(
                layering, contents, kind, comment, changes, conflicts, decided, withdrawnOf, packages, confirmed);
    }

    Draft confirming(Optional<String> digest) {
        return new Draft(layering, contents, kind, comment, changes, conflicts, decided, withdrawnOf, seeds, digest);
    }

    private static Layering customOnTop(Layering layering) {
        List<Layering.Entry> ordered = new ArrayList<>(layering.layers());
        ordered.sort(java.util.Comparator.comparingInt(e -> e.kind().ordinal()));
        return new Layering(ordered);
    }
}
