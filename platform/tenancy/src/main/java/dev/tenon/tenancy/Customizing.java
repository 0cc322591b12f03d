package dev.tenon.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.records.ModelCompiler.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Live editing of a tenant's own layer. Edits are in force when a call returns, for every request that begins later on
 * this node, and within half a second on the others. Everything here needs the right to customize; an identity of kind
 * SYSTEM has it. Safe for use by several threads.
 */
public interface Customizing {

    /**
     * Applies all the edits, or none. Where large tables have to be changed for them the call returns with {@link
     * Publication.Started}, and the edits are in force when that is done.
     *
     * @param dryRun only tell what would be wrong
     */
    default Publication apply(Identity identity, List<LayerEdit> edits, Optional<String> comment, boolean dryRun) {
        return apply(identity, edits, comment, dryRun, Optional.empty());
    }

    /**
     * As {@link #apply(Identity, List, Optional, boolean)}.
     *
     * @param confirmed digest of {@link #losses} that the caller has seen and wants
     */
    Publication apply(
            Identity identity,
            List<LayerEdit> edits,
            Optional<String> comment,
            boolean dryRun,
            Optional<String> confirmed);

    /** What other types of fields in the edits would do to values. */
    LossPreview losses(Identity identity, List<LayerEdit> edits);

    /** What taking back a version would do to values. */
    LossPreview undoLosses(Identity identity, long version);

    /** Data that left the model and is kept for some time, and what was removed since; newest first. */
    List<KeptData> keptData(Identity identity);

    /** Puts a whole package folder named {@code custom} in the place of the tenant's own layer. */
    Publication importFolder(Identity identity, Map<String, byte[]> files, Optional<String> comment, boolean dryRun);

    /** The tenant's own layer as the files of a package folder, path to content. */
    Map<String, byte[]> export(Identity identity);

    /** Published models, newest first. */
    List<ModelVersion> history(Identity identity, int limit);

    /**
     * Takes back what a version changed in the tenant's own layer and leaves what came later. Data of a field that comes
     * back with it is there again. Throws {@code tenancy.unknown-version}, {@code tenancy.nothing-to-undo} for a version
     * that changed no own element, {@code tenancy.undo-blocked} where the same was changed again since.
     */
    default Publication undo(Identity identity, long version, Optional<String> comment, boolean dryRun) {
        return undo(identity, version, comment, dryRun, UndoConsent.NONE);
    }

    /** As {@link #undo(Identity, long, Optional, boolean)}. */
    Publication undo(Identity identity, long version, Optional<String> comment, boolean dryRun, UndoConsent consent);

    /**
     * What somebody who takes a version back has seen and wants.
     *
     * @param confirmed digest of {@link #undoLosses}
     * @param withoutData the definition although its data was removed meanwhile; otherwise {@code tenancy.undo-data-purged}
     */
    record UndoConsent(Optional<String> confirmed, boolean withoutData) {
        public static final UndoConsent NONE = new UndoConsent(Optional.empty(), false);
    }

    /** Changes of large tables that ran or run in the background, newest first. */
    List<SchemaChange> schemaChanges(Identity identity, int limit);

    /** Throws {@code tenancy.unknown-schema-change}. */
    SchemaChange schemaChange(Identity identity, UUID id);

    /**
     * Ends a running change in the state of before it. Throws {@code tenancy.unknown-schema-change}, or {@code
     * tenancy.schema-change-decided} where it has ended or its last step is done.
     */
    void cancelSchemaChange(Identity identity, UUID id);

    /** Everything about an object, hidden elements included; {@code tenancy.unknown-object}. */
    ObjectDescription describe(Identity identity, String object);

    /** The shared value sets of all layers, by name; hidden ones included. */
    List<ValueSetDescription> valueSets(Identity identity);

    /** The settings of all packages. */
    List<ObjectDescription.Element> settings(Identity identity);

    /** Scripts of all layers. */
    List<TenantScript> scripts(Identity identity);

    /** Throws {@code tenancy.unknown-script}. */
    TenantScript script(Identity identity, String origin, String path);

    /** Writes a script of the tenant's own layer, a new one where there is none. */
    Publication putScript(Identity identity, String path, String source, Optional<String> comment);

    /** Removes a script of the tenant's own layer. */
    Publication removeScript(Identity identity, String path, Optional<String> comment);

    /** What is wrong with a script, without keeping it. */
    List<Problem> checkScript(Identity identity, String path, String source);
}
