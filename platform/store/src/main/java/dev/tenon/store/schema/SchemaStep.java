package dev.tenon.store.schema;

import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Index;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One step of a change of a tenant's tables. Doing a step twice is the same as doing it once. Its text is what the
 * journal keeps: parts joined by {@code |}, which no name contains.
 */
public sealed interface SchemaStep {

    /** Begins the part of a copy's text that is a recast: no index has such a name. */
    String RECAST = "recast=";

    /** The table of a new object with its columns and indexes. */
    record CreateTable(String object, String table, List<Column> columns, List<Index> indexes) implements SchemaStep {
        public CreateTable {
            columns = List.copyOf(columns);
            indexes = List.copyOf(indexes);
        }
    }

    record AddColumns(String object, String table, List<Column> columns) implements SchemaStep {
        public AddColumns {
            columns = List.copyOf(columns);
        }
    }

    /** Only to a type that holds every value that was there. {@code column} carries the new type. */
    record ChangeType(String object, String table, Column column) implements SchemaStep {}

    /** @param online while others write: without a lock, in its own time */
    record AddIndex(String table, Index index, boolean online) implements SchemaStep {}

    /**
     * A table of the wanted form beside the old one, filled in batches, which takes the old one's place. All columns that
     * fields have then and all indexes.
     */
    record CopyTable(
            String object, String from, String to, List<Column> columns, List<Index> indexes, List<Recast> recasts)
            implements SchemaStep {
        public CopyTable {
            columns = List.copyOf(columns);
            indexes = List.copyOf(indexes);
            recasts = List.copyOf(recasts);
        }
    }

    /**
     * A column of another type, filled from the present one and kept right while people work with the model of before.
     *
     * @param online in batches, in its own time
     */
    record RecastColumn(String object, String table, Recast recast, boolean online) implements SchemaStep {}

    /** Columns that no model uses, with their values, by their names in the table. */
    record DropColumns(String object, String table, List<String> names) implements SchemaStep {
        public DropColumns {
            names = List.copyOf(names);
        }
    }

    /** An object that no model has, with all its records. */
    record DropObject(String object, String table) implements SchemaStep {}

    /** A table that another one has taken the place of. */
    record DropTable(String object, String table) implements SchemaStep {}

    record DropIndex(String object, String index) implements SchemaStep {}

    /** Whether it takes its time over the rows, with people at work meanwhile, and can be given up until its end. */
    default boolean takesTime() {
        return switch (this) {
            case AddIndex add -> add.online();
            case CopyTable copy -> true;
            case RecastColumn recast -> recast.online();
            case DropColumns drop -> false;
            case DropObject drop -> false;
            case CreateTable create -> false;
            case AddColumns add -> false;
            case ChangeType change -> false;
            case DropIndex drop -> false;
            case DropTable drop -> false;
        };
    }

    /** Whether it removes data that no model uses: that is done to its end, because nothing knows them any more. */
    default boolean removesData() {
        return this instanceof DropColumns || this instanceof DropObject;
    }

    /** The object whose table it is about. */
    default String concerns() {
        return switch (this) {
            case AddIndex add -> add.index().object();
            case CopyTable copy -> copy.object();
            case RecastColumn recast -> recast.object();
            case DropColumns drop -> drop.object();
            case DropObject drop -> drop.object();
            case CreateTable create -> create.object();
            case AddColumns add -> add.object();
            case ChangeType change -> change.object();
            case DropIndex drop -> drop.object();
            case DropTable drop -> drop.object();
        };
    }

    /** What the journal keeps. */
    default String encode() {
        return switch (this) {
            case CreateTable(String object, String table, List<Column> columns, List<Index> indexes) ->
                Stream.concat(
                                Stream.of("create-table", object, table, columns(columns)),
                                indexes.stream().map(SchemaStep::index))
                        .collect(Collectors.joining("|"));
            case AddColumns(String object, String table, List<Column> columns) ->
                String.join("|", "add-columns", object, table, columns(columns));
            case ChangeType(String object, String table, Column column) ->
                String.join("|", "change-type", object, table, columns(List.of(column)));
            case AddIndex(String table, Index index, boolean online) ->
                String.join("|", online ? "add-index-online" : "add-index", table, index(index));
            case CopyTable copy ->
                Stream.of(
                                Stream.of("copy-table", copy.object(), copy.from(), copy.to(), columns(copy.columns())),
                                copy.recasts().stream().map(recast -> RECAST + recast.encode()),
                                copy.indexes().stream().map(SchemaStep::index))
                        .flatMap(parts -> parts)
                        .collect(Collectors.joining("|"));
            case RecastColumn(String object, String table, Recast recast, boolean online) ->
                String.join("|", online ? "recast-column-online" : "recast-column", object, table, recast.encode());
            case DropColumns(String object, String table, List<String> names) ->
                String.join("|", "drop-columns", object, table, String.join(";", names));
            case DropObject(String object, String table) -> String.join("|", "drop-object", object, table);
            case DropTable(String object, String table) -> String.join("|", "drop-table", object, table);
            case DropIndex(String object, String index) -> String.join("|", "drop-index", object, index);
        };
    }

    /** Reads what {@link #encode} wrote. */
    static SchemaStep decode(String text) {
        String[] parts = text.split("\\|");
        return switch (parts[0]) {
            case "create-table" ->
                new CreateTable(
                        parts[1],
                        parts[2],
                        columns(parts[3]),
                        Arrays.stream(parts).skip(4).map(SchemaStep::index).toList());
            case "add-columns" -> new AddColumns(parts[1], parts[2], columns(parts[3]));
            case "change-type" ->
                new ChangeType(parts[1], parts[2], columns(parts[3]).getFirst());
            case "add-index" -> new AddIndex(parts[1], index(parts[2]), false);
            case "add-index-online" -> new AddIndex(parts[1], index(parts[2]), true);
            case "copy-table" ->
                new CopyTable(
                        parts[1],
                        parts[2],
                        parts[3],
                        columns(parts[4]),
                        Arrays.stream(parts)
                                .skip(5)
                                .filter(part -> !part.startsWith(RECAST))
                                .map(SchemaStep::index)
                                .toList(),
                        Arrays.stream(parts)
                                .skip(5)
                                .filter(part -> part.startsWith(RECAST))
                                .map(part -> Recast.decode(part.substring(RECAST.length())))
                                .toList());
            case "recast-column" -> new RecastColumn(parts[1], parts[2], Recast.decode(parts[3]), false);
            case "recast-column-online" -> new RecastColumn(parts[1], parts[2], Recast.decode(parts[3]), true);
            case "drop-columns" -> new DropColumns(parts[1], parts[2], List.of(parts[3].split(";")));
            case "drop-object" -> new DropObject(parts[1], parts[2]);
            case "drop-table" -> new DropTable(parts[1], parts[2]);
            case "drop-index" -> new DropIndex(parts[1], parts[2]);
            default -> throw new IllegalArgumentException("not a step: " + text);
        };
    }

    /** In words for an administrator. */
    default String describe() {
        return switch (this) {
            case CreateTable create ->
                "Create the table of " + create.object() + " with "
                        + create.columns().size() + " columns";
            case AddColumns add -> "Add to the table of " + add.object() + ": " + fields(add.columns());
            case ChangeType change ->
                "Widen " + change.object() + "." + change.column().field() + " to "
                        + change.column().type();
            case AddIndex(String table, Index index, boolean online) ->
                (index.unique() ? "Make values unique in " : "Make searching faster in ") + index.object() + ": "
                        + index.fields().stream().map(Index::fieldOf).collect(Collectors.joining(", "));
            case DropIndex drop -> "Remove an index from the table of " + drop.object();
            case CopyTable copy -> "Copy the table of " + copy.object() + " into its new form";
            case DropTable drop -> "Remove the former table of " + drop.object();
            case RecastColumn(String object, String table, Recast recast, boolean online) ->
                "Convert " + object + "." + recast.to().field() + " from "
                        + recast.from().type() + " to " + recast.to().type();
            case DropColumns drop -> "Remove columns that nobody uses from the table of " + drop.object();
            case DropObject drop -> "Remove the table of " + drop.object();
        };
    }

    private static String fields(List<Column> columns) {
        return columns.stream().map(c -> c.field() + " (" + c.type() + ")").collect(Collectors.joining(", "));
    }

    private static String columns(List<Column> columns) {
        return columns.stream()
                .map(c -> c.field() + ":" + c.name() + ":" + c.type() + (c.filled() == null ? "" : ":" + c.filled()))
                .collect(Collectors.joining(";"));
    }

    private static List<Column> columns(String text) {
        return Arrays.stream(text.split(";"))
                .map(c -> c.split(":"))
                .map(p -> new Column(p[0], p[1], ColumnType.parse(p[2]), p.length > 3 ? p[3] : null))
                .toList();
    }

    private static String index(Index index) {
        return String.join(
                ":",
                index.name(),
                index.object(),
                String.join(",", index.fields()),
                index.unique() ? "unique" : "plain");
    }

    private static Index index(String text) {
        String[] parts = text.split(":");
        return new Index(parts[0], parts[1], List.of(parts[2].split(",")), parts[3].equals("unique"));
    }
}
