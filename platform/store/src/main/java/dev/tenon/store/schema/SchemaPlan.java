package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be done so that the tables fit a model, and what must be true of the data first. A pure function of the
 * catalogue and the model.
 */
record SchemaPlan(List<SchemaStep> steps, List<Precondition> preconditions) {

    /** Longer texts do not fit into an index page of PostgreSQL. */
    private static final int LONGEST_INDEXED_TEXT = 500;

    SchemaPlan {
        steps = List.copyOf(steps);
        preconditions = List.copyOf(preconditions);
    }

    /** Something that only the data can tell. */
    sealed interface Precondition {
        /** Every value fits the type that the model now wants. */
        record ValuesFit(String object, String table, Column column, ColumnType wanted) implements Precondition {}

        /** No value is there: the types have nothing in common. */
        record Empty(String object, String table, Column column, ColumnType wanted) implements Precondition {}

        /** No record refers to an object that its lookup is to refer to no more. */
        record NoReferences(String object, String table, Column column) implements Precondition {}

        /** @param folded fields whose texts are compared without case and width */
        record NoDuplicates(String object, String table, List<Column> columns, Set<String> folded)
                implements Precondition {
            public NoDuplicates {
                columns = List.copyOf(columns);
                folded = Set.copyOf(folded);
            }
        }
    }

    static SchemaPlan of(CatalogueContent have, Model target) {
        Draft draft = new Draft(have, target);
        target.objects().values().forEach(draft::add);
        return new SchemaPlan(draft.steps, draft.preconditions);
    }

    /** Collects while it walks over the model. */
    private static final class Draft {
        private final CatalogueContent have;
        private final Model target;
        private final List<SchemaStep> steps = new ArrayList<>();
        private final List<Precondition> preconditions = new ArrayList<>();

        Draft(CatalogueContent have, Model target) {
            this.have = have;
            this.target = target;
        }

        void add(ObjectType object) {
            String table = have.tables().get(object.name());
            Map<String, Column> columns = wantedColumns(object);
            if (table == null) {
                String name = Names.snake(object.name());
                steps.add(new SchemaStep.CreateTable(
                        object.name(), name, List.copyOf(columns.values()), wantedIndexes(object, name, columns)));
            } else {
                bringUp(object, table, columns);
            }
        }

        private Map<String, Column> wantedColumns(ObjectType object) {
            Map<String, Column> columns = new LinkedHashMap<>();
            columns.put(SystemField.ID, TenantTables.idColumn());
            columns.put(SystemField.VERSION, TenantTables.versionColumn());
            for (Field field : object.fields().values()) {
                if (!field.stored()) {
                    continue;
                }
                columns.putIfAbsent(
                        field.name(),
                        new Column(
                                field.name(),
                                Names.snake(field.name()),
                                ColumnType.of(target, object, field),
                                field.name().equals(SystemField.RECORD_TYPE)
                                        ? object.defaultRecordType().orElse(null)
                                        : null));
            }
            return columns;
        }

        private void bringUp(ObjectType object, String table, Map<String, Column> wanted) {
            Map<String, Column> present = have.columnsOf(object.name());
            List<Column> added = new ArrayList<>();
            for (Column column : wanted.values()) {
                Column known = present.get(column.field());
                if (known == null) {
                    added.add(column);
                } else {
                    fit(object.name(), table, known, column.type());
                }
            }
            takenTargets(object, present)
                    .forEach(column -> preconditions.add(new Precondition.NoReferences(object.name(), table, column)));
            if (!added.isEmpty()) {
                steps.add(new SchemaStep.AddColumns(object.name(), table, added));
            }
            Map<String, Column> all = new LinkedHashMap<>(present);
            wanted.forEach(all::putIfAbsent);
            indexes(object, table, all, added.stream().map(Column::field).collect(Collectors.toSet()));
        }

        /** Columns of lookups to several objects for objects that these no longer name. */
        private List<Column> takenTargets(ObjectType object, Map<String, Column> present) {
            return object.fields().values().stream()
                    .filter(Field::refersForAnother)
                    .map(Field::whole)
                    .distinct()
                    .flatMap(whole -> target.objects().keySet().stream()
                            .map(other -> Field.nameOfPart(object.name(), whole, other)))
                    .filter(part -> !object.fields().containsKey(part))
                    .map(present::get)
                    .filter(column -> column != null && column.type() == ColumnType.Simple.ID)
                    .toList();
        }

        private void fit(String object, String table, Column known, ColumnType wanted) {
            if (known.type().equals(wanted)) {
                return;
            }
            ColumnType widened = known.type().widenedFor(wanted);
            if (!widened.holds(wanted)) {
                preconditions.add(new Precondition.Empty(object, table, known, wanted));
                widened = wanted;
            } else if (!wanted.holds(known.type())) {
                preconditions.add(new Precondition.ValuesFit(object, table, known, wanted));
            }
            // A column that is wider than wanted stays so: shrinking it would gain nothing.
            if (!widened.equals(known.type())) {
                steps.add(new SchemaStep.ChangeType(object, table, new Column(known.field(), known.name(), widened)));
            }
        }

        private void indexes(ObjectType object, String table, Map<String, Column> columns, Set<String> added) {
            List<Index> wanted = wantedIndexes(object, table, columns);
            Set<String> names = wanted.stream().map(Index::name).collect(Collectors.toSet());
            for (Index index : have.indexes().values()) {
                if (index.object().equals(object.name()) && !names.contains(index.name())) {
                    steps.add(new SchemaStep.DropIndex(object.name(), index.name()));
                }
            }
            for (Index index : wanted) {
                if (have.indexes().containsKey(index.name())) {
                    continue;
                }
                if (index.unique()
                        && index.fields().stream().map(Index::fieldOf).noneMatch(added::contains)) {
                    preconditions.add(new Precondition.NoDuplicates(
                            object.name(),
                            table,
                            index.fields().stream()
                                    .map(Index::fieldOf)
                                    .map(columns::get)
                                    .toList(),
                            index.fields().stream()
                                    .filter(Index::folded)
                                    .map(Index::fieldOf)
                                    .collect(Collectors.toSet())));
                }
                steps.add(new SchemaStep.AddIndex(table, index, false));
            }
        }

        /** No two indexes on the same columns: each costs every write. */
        private static List<Index> wantedIndexes(ObjectType object, String table, Map<String, Column> columns) {
            Map<List<String>, Index> wanted = new LinkedHashMap<>();
            for (ObjectType.UniqueKey key : object.allKeys()) {
                List<String> parts = key.fields().stream()
                        .map(f -> object.folded(key, f) ? "~" + f : f)
                        .toList();
                put(wanted, object, table, columns, parts, true);
            }
            for (Field field : object.fields().values()) {
                boolean reference =
                        field.type() instanceof FieldType.Lookup || field.type() instanceof FieldType.MasterDetail;
                if (field.index().indexed()
                        || reference
                        || field.type() instanceof FieldType.AutoNumber
                        || field.name().equals(SystemField.OWNER)
                        || field.name().equals(object.titleField()) && shortEnough(columns.get(field.name()))) {
                    put(wanted, object, table, columns, List.of(field.name()), false);
                }
            }
            if (object.fields().containsKey(SystemField.CREATED_AT)) {
                put(wanted, object, table, columns, List.of("-" + SystemField.CREATED_AT, "-" + SystemField.ID), false);
            }
            return List.copyOf(wanted.values());
        }

        private static boolean shortEnough(@org.jspecify.annotations.Nullable Column column) {
            return column != null
                    && (!(column.type() instanceof ColumnType.Text(int length)) || length <= LONGEST_INDEXED_TEXT);
        }

        private static void put(
                Map<List<String>, Index> wanted,
                ObjectType object,
                String table,
                Map<String, Column> columns,
                List<String> parts,
                boolean unique) {
            List<String> fields = parts.stream().map(Index::fieldOf).toList();
            if (fields.equals(List.of(SystemField.ID)) || !columns.keySet().containsAll(fields)) {
                return;
            }
            String name = table + "__"
                    + parts.stream()
                            .map(p -> columnName(columns, Index.fieldOf(p)) + (Index.folded(p) ? "_fold" : ""))
                            .collect(Collectors.joining("__"))
                    + (unique ? "__ux" : "__ix");
            wanted.putIfAbsent(parts, new Index(Names.identifier(name), object.name(), parts, unique));
        }

        private static String columnName(Map<String, Column> columns, String field) {
            Column column = columns.get(field);
            return column == null ? field : column.name();
        }
    }
}
