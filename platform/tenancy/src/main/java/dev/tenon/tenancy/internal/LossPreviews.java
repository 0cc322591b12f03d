package dev.tenon.tenancy.internal;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.LossPreview;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Lists values that would be lost, each through the door that its reader would come through anyway. */
final class LossPreviews {

    private static final int SHOWN = 100;

    private final SchemaEvolution schema;
    private final ModelSource models;
    private final Supplier<Records> records;

    LossPreviews(SchemaEvolution schema, ModelSource models, Supplier<Records> records) {
        this.schema = schema;
        this.models = models;
        this.records = records;
    }

    LossPreview of(Identity identity, SchemaEvolution.Wanted wanted) {
        RetypeLosses losses = schema.losses(identity.tenant(), wanted);
        return new LossPreview(
                losses.losses().stream()
                        .map(loss -> new LossPreview.Loss(loss, concerned(identity, wanted, loss)))
                        .toList(),
                losses.digest());
    }

    private List<LossPreview.Concerned> concerned(Identity identity, SchemaEvolution.Wanted wanted, RetypeLoss loss) {
        Optional<ObjectType> object = models.current(identity.tenant()).model().findObject(loss.object());
        if (object.flatMap(o -> o.findField(loss.field())).isEmpty()) {
            return List.of();
        }
        RecordSession session = records.get().open(identity, HistoryEntry.Channel.API);
        return schema.losingRecords(identity.tenant(), wanted, loss, SHOWN).stream()
                .flatMap(id -> read(session, object.get(), loss.field(), id).stream())
                .toList();
    }

    private static Optional<LossPreview.Concerned> read(
            RecordSession session, ObjectType object, String field, UUID id) {
        try {
            Optional<Row> row = session.find(object.name(), id, Query.Selection.ALL);
            // Who may not read the field does not learn either which records have a value that does not fit.
            return row.filter(r -> r.values().containsKey(field))
                    .map(r -> new LossPreview.Concerned(
                            id, r.values().get(object.titleField()), r.values().get(field)));
        } catch (PlatformException notHis) {
            return Optional.empty();
        }
    }
}
