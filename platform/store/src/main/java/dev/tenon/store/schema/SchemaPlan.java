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

    SchemaPlan {
        steps = List.copyOf(steps);
        preconditions = List.copyOf(preconditions);
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
                        object.name(), name, List.copyOf(columns.values()), WantedIndexes.of(object, name, columns)));
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
            returning(object, present);
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

        private void returning(ObjectType object, Map<String, Column> present) {
            boolean whole = data.before()
                    .flatMap(before -> before.findObject(object.name()))
                    .isEmpty();
            for (Field field : object.fields().values()) {
                Column column = present.get(field.name());
                if (column == null || !data.departed().containsKey(object.name() + "/" + field.name())) {
                    continue;
                }
                if (field.type() instanceof FieldType.MasterDetail master) {
                    preconditions.add(new Precondition.Returning(object.name(), column, master.target(), whole));
                } else if (field.type() instanceof FieldType.Lookup lookup && !field.system()) {
                    preconditions.add(new Precondition.Returning(object.name(), column, lookup.target(), false));
                }
            }
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
            Retype retype = Retype.of(data, object, known.field());
            boolean same = known.type().equals(wanted);
            if (same && !retype.convertsAll()) {
                return null;
            }
            Recast recast = recast(object, known, wanted, retype);
            return switch (recast.way()) {
                case CONVERTED -> converted(object, table, retype, recast);
                case RETURNED -> same && data.fits(table, recast) ? null : recast;
                case RESTORED -> same && data.fits(table, recast) ? null : confirmed(object, table, recast);
                case EMPTIED ->
                    data.fits(table, recast)
                            ? withoutEntered(object, table, known, wanted, retype)
                            : confirmed(object, table, recast);
            };
        }

        private Recast confirmed(ObjectType object, String table, Recast recast) {
            preconditions.add(new Precondition.Confirmed(object.name(), table, recast));
            return recast;
        }

        private @Nullable Recast withoutEntered(
                ObjectType object, String table, Column known, ColumnType wanted, Retype retype) {
            Retype computed = retype.withoutEntered();
            return known.type().equals(wanted)
                    ? null
                    : converted(object, table, computed, recast(object, known, wanted, computed));
        }

        private @Nullable Recast converted(ObjectType object, String table, Retype retype, Recast recast) {
            Column known = recast.from();
            ColumnType wanted = recast.to().type();
            boolean same = known.type().equals(wanted);
            if (retype.possible() && recast.conversion().possible()) {
                ColumnType widened = known.type().widenedFor(wanted);
                // What the present column had no room for comes back from the one that had.
                boolean cut = recast.former() != null
                        && !known.type().holds(recast.former().type());
                boolean related = !cut && (same || widened.holds(wanted));
                if (retype.way() == Retype.Way.PLAIN) {
                    return putAside(object, known)
                            ? null
                            : data.fits(table, recast) ? recast : confirmed(object, table, recast);
                }
                if (related
                        && (retype.unchanged()
                                || !retype.convertsAll() && wanted.holds(known.type())
                                || data.fits(table, recast))) {
                    return widen(object, table, known, widened, retype);
                }
                return retype.computed() ? recast : confirmed(object, table, recast);
            }
            if (!retype.computed()) {
                preconditions.add(new Precondition.Empty(
                        object.name(),
                        table,
                        known,
                        Meaning.inWords(retype.then(), known.type()),
                        Meaning.inWords(retype.now(), wanted)));
            }
            return same ? null : recast;
        }

        /** Whether the field has another column already than in the model before. */
        private boolean putAside(ObjectType object, Column known) {
            return former.getOrDefault(object.name(), List.of()).stream()
                    .anyMatch(f -> f.column().field().equals(known.field()) && f.until() == target.version());
        }

        /** A column that is wider than wanted stays so: shrinking it would gain nothing. */
        private @Nullable Recast widen(
                ObjectType object, String table, Column known, ColumnType widened, Retype retype) {
            if (widened.equals(known.type())) {
                return null;
            }
            if (!widened.holdsAsStored(known.type()) && data.keepsPeopleWaiting(table)) {
                return recast(object, known, widened, List.of(), Recast.Way.CONVERTED, null, retype.then());
            }
            steps.add(
                    new SchemaStep.ChangeType(object.name(), table, new Column(known.field(), known.name(), widened)));
            return null;
        }

        private Recast recast(ObjectType object, Column known, ColumnType wanted, Retype retype) {
            Column former = former(object, known, wanted, retype);
            Recast.Way way = Recast.Way.CONVERTED;
            if (retype.way() == Retype.Way.REPLACED) {
                way = Recast.Way.EMPTIED;
            } else if (former != null && retype.way() == Retype.Way.RETURNED) {
                way = Recast.Way.RETURNED;
            } else if (former != null && retype.way() == Retype.Way.IMPOSSIBLE) {
                way = Recast.Way.RESTORED;
            }
            return recast(object, known, wanted, retype.keys(), way, former, retype.then());
        }

        private Recast recast(
                ObjectType object,
                Column known,
                ColumnType wanted,
                List<String> keys,
                Recast.Way way,
                @Nullable Column former,
                String meant) {
            Set<String> taken =
                    have.allColumnsOf(object.name()).map(Column::name).collect(Collectors.toSet());
            Column to = new Column(known.field(), Names.numbered(Names.snake(known.field()), taken), wanted);
            return new Recast(known, to, keys, former, target.version(), way, meant);
        }

        /** The last column that the field had with room for what is wanted, and with values that mean the same. */
        private @Nullable Column former(ObjectType object, Column known, ColumnType wanted, Retype retype) {
            boolean returns = retype.way() == Retype.Way.RETURNED;
            return former.getOrDefault(object.name(), List.of()).stream()
                    .filter(f -> f.column().field().equals(known.field())
                            && f.column().type().holds(wanted)
                            && means(f, retype)
                            && (returns || new Conversion(f.column().type(), known.type(), List.of()).possible()))
                    .max(Comparator.comparingLong(Former::until))
                    .map(Former::column)
                    .orElse(null);
        }

        private static boolean means(Former former, Retype retype) {
            return former.meaning().equals(retype.now())
                    || former.meaning().equals(Meaning.UNKNOWN)
                            && (Meaning.open(retype.now()) || retype.now().equals(Meaning.UNKNOWN));
        }

        private void indexes(
                ObjectType object, String table, Map<String, Column> columns, Set<String> added, List<Recast> recasts) {
            List<Index> wanted = WantedIndexes.of(object, table, columns);
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
    }
}
