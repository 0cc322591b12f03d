package dev.tenon.bench.change;

import dev.tenon.bench.BenchTenant;
import dev.tenon.store.Database;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.context.ApplicationContext;

/** The table with many rows: made once, found again by a later run on the same data. */
final class ManyOrders {

    /** As many come through the door; the others are copies of them made by the database. */
    private static final int COMPLETE = 5_000;

    private static final String SCHEMA = "\"t_" + BenchTenant.KEY + "\".";

    private final ApplicationContext platform;
    private final Database database;

    ManyOrders(ApplicationContext platform) {
        this.platform = platform;
        this.database = platform.getBean(Database.class);
    }

    /** The tenant with at least so many orders; what an interrupted preparation has left is gone on with. */
    BenchTenant prepared(int rows) {
        BenchTenant tenant = BenchTenant.find(platform).orElseGet(() -> BenchTenant.create(platform, COMPLETE));
        multiply(rows);
        return tenant;
    }

    private String table() {
        return SCHEMA
                + '"'
                + database.dsl()
                        .fetchSingle(
                                "select table_name from " + SCHEMA + "\"tenon_table\" where object_name = {0}",
                                DSL.val(BenchTenant.ORDER))
                        .get(0, String.class)
                + '"';
    }

    /** Ids in their order, as the platform gives them: random ones would make the indexes something else. */
    private static String id(String number) {
        return "cast('00000000-0000-7000-8000-' || lpad(cast(" + number + " as varchar), 12, '0') as uuid)";
    }

    private void multiply(int rows) {
        String table = table();
        int present =
                database.dsl().fetchSingle("select count(*) from " + table).get(0, int.class);
        String columns = database.dsl()
                .fetch("select * from " + table + " limit 1")
                .fieldStream()
                .map(Field::getName)
                .filter(name -> !name.equals("id"))
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
        for (int done = present; done < rows; done += COMPLETE) {
            database.dsl()
                    .execute("insert into " + table + " (\"id\", " + columns + ") select "
                            + id(done + " + row_number() over ()")
                            + ", " + columns
                            + " from (select * from " + table + " limit " + Math.min(COMPLETE, rows - done) + ") s");
        }
    }

    /** Gives every row a number of its own, past the door and in batches, as if people had done it over the years. */
    void number(int rows, String field) {
        String table = table();
        for (int from = 0; from < rows; from += COMPLETE) {
            database.dsl()
                    .execute("update " + table + " set \"" + field
                            + "\" = right(cast(\"id\" as varchar), 12) where \"id\" >= "
                            + id(String.valueOf(from)) + " and \"id\" < " + id(String.valueOf(from + COMPLETE)));
        }
    }
}
