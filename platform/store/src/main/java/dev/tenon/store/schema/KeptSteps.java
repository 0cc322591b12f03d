package dev.tenon.store.schema;

import dev.tenon.store.schema.KeptColumns.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that remove data whose time is over. */
final class KeptSteps {

    private KeptSteps() {}

    private record Owner(String object, String table) {}

    /** Objects go with their tables; columns of a table go together, because H2 copies it for each time. */
    static List<SchemaStep> of(CatalogueContent have, List<Piece> expired) {
        List<SchemaStep> steps = new ArrayList<>();
        Map<Owner, List<String>> columns = new LinkedHashMap<>();
        for (Piece piece : expired) {
            String table = have.tables().get(piece.object());
            if (table == null) {
                continue;
            }
            if (piece.isObject()) {
                steps.add(new SchemaStep.DropObject(piece.object(), table));
            } else {
                columns.computeIfAbsent(new Owner(piece.object(), table), o -> new ArrayList<>())
                        .add(piece.column());
            }
        }
        columns.forEach((owner, names) -> steps.add(new SchemaStep.DropColumns(owner.object(), owner.table(), names)));
        return steps;
    }
}
