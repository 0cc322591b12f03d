package dev.tenon.store.schema;

import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.model.Model;
import dev.tenon.store.Database;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;

/**
 * Puts steps that let people go on in the place of those that would keep them waiting, where a table is large.
 * PostgreSQL builds an index while others write; H2 copies the table for whatever is done to it, so there the platform
 * copies it itself, row by row, and the old one is read meanwhile.
 */
final class OnlinePlan {

    /** Copies of a table are numbered; no name of the model has this sign. */
    private static final Pattern NUMBERED = Pattern.compile("(.+)\\$(\\d+)");

    private final Database database;
    private final int largerThan;

    OnlinePlan(Database database, int largerThan) {
        this.database = database;
        this.largerThan = largerThan;
    }

    List<SchemaStep> of(String tenant, CatalogueContent have, Model target, List<SchemaStep> steps) {
        Predicate<String> large = table -> isLarge(tenant, table);
        return database.dialect().transactionalSchemaChanges()
                ? online(steps, large)
                : withCopies(have, target, steps, large);
    }

    /** Whether a statement that rewrites a table would keep people waiting. */
    boolean isLarge(String tenant, String table) {
        return database.dsl()
                .fetchExists(DSL.selectOne()
                        .from(Catalogue.at(tenant, table))
                        .offset(largerThan)
                        .limit(1));
    }

    private static List<SchemaStep> online(List<SchemaStep> steps, Predicate<String> large) {
        return steps.stream()
                .map(step -> switch (step) {
                    case SchemaStep.AddIndex(String table, Index index, boolean online)
                    when large.test(table) -> new SchemaStep.AddIndex(table, index, true);
                    case SchemaStep.RecastColumn(String object, String table, Recast recast, boolean online)
                    when large.test(table) -> new SchemaStep.RecastColumn(object, table, recast, true);
                    default -> step;
                })
                .toList();
    }

    /** All that concerns a large table becomes one copy. */
    private static List<SchemaStep> withCopies(
            CatalogueContent have, Model target, List<SchemaStep> steps, Predicate<String> large) {
        Map<String, List<SchemaStep>> byTable = new LinkedHashMap<>();
        steps.forEach(step -> tableOf(have, step)
                .ifPresent(table ->
                        byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(step)));
        List<SchemaStep> planned = new ArrayList<>(steps);
        byTable.forEach((table, own) -> {
            String object = objectOf(have, table);
            if (own.stream().anyMatch(OnlinePlan::copiesTheTable) && !isOfTheEngine(object) && large.test(table)) {
                SchemaStep.CopyTable copy = copy(have, target, object, table, own);
                planned.removeAll(own);
                planned.add(copy);
                planned.add(new SchemaStep.DropTable(object, table));
                // They are not in the copy; the step tells that data are removed.
                own.stream()
                        .flatMap(step -> step instanceof SchemaStep.DropColumns drop
                                ? Stream.of(new SchemaStep.DropColumns(object, copy.to(), drop.names()))
                                : Stream.empty())
                        .forEach(planned::add);
            }
        });
        return planned;
    }

    /** Approvals write to their tables past the gate that keeps others from writing to one that is being copied. */
    private static boolean isOfTheEngine(String object) {
        return object.startsWith(PackageInfo.SYSTEM_NAMESPACE + "__");
    }

    private static boolean copiesTheTable(SchemaStep step) {
        return !(step instanceof SchemaStep.DropIndex);
    }

    private static java.util.Optional<String> tableOf(CatalogueContent have, SchemaStep step) {
        return java.util.Optional.ofNullable(
                switch (step) {
                    case SchemaStep.AddColumns add -> add.table();
                    case SchemaStep.ChangeType change -> change.table();
                    case SchemaStep.AddIndex add -> have.tables().containsValue(add.table()) ? add.table() : null;
                    case SchemaStep.DropIndex drop -> have.tables().get(drop.object());
                    case SchemaStep.RecastColumn recast -> recast.table();
                    case SchemaStep.DropColumns drop -> drop.table();
                    case SchemaStep.DropObject drop -> null;
                    case SchemaStep.CreateTable create -> null;
                    case SchemaStep.CopyTable copy -> null;
                    case SchemaStep.DropTable drop -> null;
                });
    }

    private static String objectOf(CatalogueContent have, String table) {
        return have.tables().entrySet().stream()
                .filter(entry -> entry.getValue().equals(table))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static SchemaStep.CopyTable copy(
            CatalogueContent have, Model target, String object, String table, List<SchemaStep> own) {
        Map<String, Column> columns = new LinkedHashMap<>(have.columnsOf(object));
        List<Recast> recasts = new ArrayList<>();
        for (SchemaStep step : own) {
            if (step instanceof SchemaStep.AddColumns add) {
                add.columns().forEach(column -> columns.put(column.field(), column));
            } else if (step instanceof SchemaStep.ChangeType change) {
                columns.put(change.column().field(), change.column());
            } else if (step instanceof SchemaStep.RecastColumn recast) {
                columns.put(recast.recast().to().field(), recast.recast().to());
                recasts.add(recast.recast());
            }
        }
        Set<String> converted = recasts.stream().map(r -> r.to().field()).collect(Collectors.toSet());
        String copy = next(table);
        // What indexes a table of that name and form needs is asked the plan itself: it knows how they are called.
        CatalogueContent then =
                new CatalogueContent(Map.of(object, copy), Map.of(object, columns), Map.of(), List.of());
        List<Index> indexes = SchemaPlan.ofObject(then, target, object).steps().stream()
                .filter(SchemaStep.AddIndex.class::isInstance)
                .map(step -> ((SchemaStep.AddIndex) step).index())
                .filter(index -> !SchemaPlan.foldsOne(index, converted))
                .toList();
        return new SchemaStep.CopyTable(object, table, copy, List.copyOf(columns.values()), indexes, recasts);
    }

    private static String next(String table) {
        Matcher numbered = NUMBERED.matcher(table);
        String base = numbered.matches() ? numbered.group(1) : table;
        int number = numbered.matches() ? Integer.parseInt(numbered.group(2)) + 1 : 2;
        String suffix = "$" + number;
        return base.substring(0, Math.min(base.length(), Names.MAX_BYTES - suffix.length())) + suffix;
    }
}
