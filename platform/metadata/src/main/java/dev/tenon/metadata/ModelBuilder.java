package dev.tenon.metadata;

import dev.tenon.metadata.internal.Fingerprint;
import dev.tenon.metadata.internal.ModelParts;
import dev.tenon.metadata.model.Model;

/** Builds the typed model from checked effective elements. */
public final class ModelBuilder {

    private ModelBuilder() {}

    /** The model of a tenant at a version. */
    public static Model build(String tenant, long version, EffectiveElements elements) {
        ModelParts parts = new ModelParts(elements);
        return new Model(
                tenant,
                version,
                Fingerprint.of(elements),
                parts.objects(),
                parts.permissionSets(),
                parts.approvals(),
                parts.policies(),
                parts.settings(),
                parts.apps(),
                parts.scripts(),
                elements);
    }
}
