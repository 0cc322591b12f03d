package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Former;
import dev.tenon.store.schema.CatalogueContent.Index;
import dev.tenon.store.schema.SettledObjects.Looked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        /** No value is lost or becomes another one, or somebody has seen which and wants it so. */
        record Confirmed(String object, String table, Recast recast) implements Precondition {}

        /** No value is there: the types have nothing in common. */
        record Empty(String object, String table, Column column, ColumnType wanted) implements Precondition {}

        /** No record refers to an object that its lookup is to refer to no more. */
        record NoReferences(String object, String table, Column column) implements Precondition {}

        /**
         * @param folded fields whose texts are compared without case and width
         * @param recasts of some of the columns, which are not there yet
         */
        record NoDuplicates(String object, String table, List<Column> columns, Set<String> folded, List<Recast> recasts)
                implements Precondition {
            public NoDuplicates {
                columns = List.copyOf(columns);
                folded = Set.copyOf(folded);
                recasts = List.copyOf(recasts);
            }
        }
    }

    /** What was confirmed, with the tables that the objects have by now: some were copied. */
    List<Precondition> conversionsIn(CatalogueContent have) {
        return preconditions.stream()
                .<Precondition>mapMulti((precondition, found) -> {
                    if (precondition instanceof Precondition.Confirmed(String object, String table, Recast recast)) {
                        found.accept(
                                new Precondition.Confirmed(object, have.tables().getOrDefault(object, table), recast));
                    }
                })
                .toList();
    }

    /** Whether the index compares texts of one of the fields without case. */
    static boolean foldsOne(Index index, Set<String> fields) {
        return index.fields().stream().anyMatch(part -> Index.folded(part) && fields.contains(Index.fieldOf(part)));
    }

    /** @param settled objects that need not be looked at; those that turn out to be such ones are added */
    static SchemaPlan of(CatalogueContent have, Model target, TableData data, SettledObjects settled) {
        Draft draft = new Draft(have, target, data);
        target.objects().values().forEach(object -> draft.add(object, settled));
        return new SchemaPlan(draft.steps, draft.preconditions);
    }

    /** What there is to do for one object of a model whose data are as it wants them. */
    static SchemaPlan ofObject(CatalogueContent have, Model target, String object) {
        Draft draft = new Draft(have, target, TableData.fitting(target));
        draft.add(target.requireObject(object));
        return new SchemaPlan(draft.steps, draft.preconditions);
    }

    /** Collects while it walks over the model. */
    private static final class Draft {
        private final CatalogueContent have;
        private final Model target;
        private final TableData.Asked data;
        private final Map<String, List<Index>> indexes;
        private final Map<String, List<Former>> former;
        private final List<SchemaStep> steps = new ArrayList<>();
        private final List<Precondition> preconditions = new ArrayList<>();

        Draft(CatalogueContent have, Model target, TableData data) {
            this.have = have;
            this.target = target;
            this.data = new TableData.Asked(data);
            this.former = have.former().stream().collect(Collectors.groupingBy(Former::object));
            this.indexes = have.indexes().values().stream().collect(Collectors.groupingBy(Index::object));
        }

        void add(ObjectType object, SettledObjects settled) {
            Optional<Looked> looked = looked(object);
            if (looked.filter(settled::contains).isPresent()) {
                return;
            }
            int found = steps.size() + preconditions.size();
            int asked = data.asked();
            add(object);
            if (steps.size() + preconditions.size() == found && data.asked() == asked) {
                looked.filter(Looked::all).ifPresent(settled::add);
            }
        }

        /** What the plan looks at, where that can be told: of a type that was another one before the values matter. */
        private Optional<Looked> looked(ObjectType object) {
            String table = have.tables().get(object.name());
            boolean same = data.before()
                    .filter(before -> before.objects().get(object.name()) == object)
                    .isPresent();
            return table == null || !same
                    ? Optional.empty()
                    : Optional.of(new Looked(
                            object,
                            table,
                            have.columnsOf(object.name()),
                            indexes.getOrDefault(object.name(), List.of()),
                            former.getOrDefault(object.name(), List.of())));
        }

        private void add(ObjectType object) {
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
            List<Recast> recasts = new ArrayList<>();
            for (Column column : wanted.values()) {
                Column known = present.get(column.field());
                if (known == null) {
                    added.add(apart(object, column));
                } else {
                    Optional.ofNullable(fit(object, table, known, column.type()))
                            .ifPresent(recasts::add);
                }
            }
            takenTargets(object, present)
                    .forEach(column -> preconditions.add(new Precondition.NoReferences(object.name(), table, column)));
            if (!added.isEmpty()) {
                steps.add(new SchemaStep.AddColumns(object.name(), table, added));
            }
            recasts.forEach(recast -> steps.add(new SchemaStep.RecastColumn(object.name(), table, recast, false)));
            Map<String, Column> all = new LinkedHashMap<>(present);
            added.forEach(column -> all.put(column.field(), column));
            recasts.forEach(recast -> all.put(recast.to().field(), recast.to()));
            indexes(object, table, all, added.stream().map(Column::field).collect(Collectors.toSet()), recasts);
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

        /** Kept columns of the field may have its usual name. */
        private Column apart(ObjectType object, Column column) {
            Set<String> taken =
                    have.allColumnsOf(object.name()).map(Column::name).collect(Collectors.toSet());
            return taken.contains(column.name())
                    ? new Column(column.field(), Names.numbered(column.name(), taken), column.type())
                    : column;
        }

        /** Does what is needed for a column; a new one in its place is returned. */
        private @Nullable Recast fit(ObjectType object, String table, Column known, ColumnType wanted) {
            Retype retype = Retype.of(data.before(), object, known.field());
            boolean same = known.type().equals(wanted);
            if (same && !retype.convertsAll()) {
                return null;
            }
            Recast recast = recast(object, known, wanted, retype.keys());
            if (retype.possible() && recast.conversion().possible()) {
                ColumnType widened = known.type().widenedFor(wanted);
                // What the present column had no room for comes back from the one that had.
                boolean cut = recast.former() != null
                        && !known.type().holds(recast.former().type());
                boolean related = !cut && (same || widened.holds(wanted));
                if (related
                        && (retype.unchanged()
                                || !retype.convertsAll() && wanted.holds(known.type())
                                || data.fits(table, recast))) {
                    return widen(object, table, known, widened);
                }
                if (!retype.computed()) {
                    preconditions.add(new Precondition.Confirmed(object.name(), table, recast));
                }
                return recast;
            }
            if (!retype.computed()) {
                preconditions.add(new Precondition.Empty(object.name(), table, known, wanted));
            }
            return same ? null : recast;
        }

        /** A column that is wider than wanted stays so: shrinking it would gain nothing. */
        private @Nullable Recast widen(ObjectType object, String table, Column known, ColumnType widened) {
            if (widened.equals(known.type())) {
                return null;
            }
            if (!widened.holdsAsStored(known.type()) && data.keepsPeopleWaiting(table)) {
                return recast(object, known, widened, List.of());
            }
            steps.add(
                    new SchemaStep.ChangeType(object.name(), table, new Column(known.field(), known.name(), widened)));
            return null;
        }

        private Recast recast(ObjectType object, Column known, ColumnType wanted, List<String> keys) {
            Set<String> taken =
                    have.allColumnsOf(object.name()).map(Column::name).collect(Collectors.toSet());
            Column to = new Column(known.field(), Names.numbered(Names.snake(known.field()), taken), wanted);
            Column former = have.former().stream()
                    .filter(f -> f.object().equals(object.name())
                            && f.column().field().equals(known.field())
                            && f.column().type().holds(wanted)
                            && new Conversion(f.column().type(), known.type(), List.of()).possible())
                    .max(Comparator.comparingLong(Former::until))
                    .map(Former::column)
                    .orElse(null);
            return new Recast(known, to, keys, former, target.version());
        }

        private void indexes(
                ObjectType object, String table, Map<String, Column> columns, Set<String> added, List<Recast> recasts) {
            List<Index> wanted = wantedIndexes(object, table, columns);
            Set<String> names = wanted.stream().map(Index::name).collect(Collectors.toSet());
            Set<String> recast = recasts.stream().map(r -> r.to().field()).collect(Collectors.toSet());
            for (Index index : indexes.getOrDefault(object.name(), List.of())) {
                // Those who still use the former column need its indexes.
                boolean used = index.fields().stream().map(Index::fieldOf).anyMatch(recast::contains);
                if (!names.contains(index.name()) && !used) {
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
                                    .collect(Collectors.toSet()),
                            recasts));
                }
                if (data.foldsConversions() || !foldsOne(index, recast)) {
                    steps.add(new SchemaStep.AddIndex(table, index, false));
                }
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
