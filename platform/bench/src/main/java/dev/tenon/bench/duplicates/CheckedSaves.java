package dev.tenon.bench.duplicates;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Creates records of two objects with the same rows, one with an exact and a fuzzy duplicate rule and one without, and
 * prints what the rules cost as a ratio; also where thousands of records are found under one key, and that such a one is
 * still refused. Arguments: {@code h2} or {@code postgres} (one is started then), and numbers of rows.
 */
public final class CheckedSaves {

    private static final String PLAIN = "c__Plain";
    private static final String CHECKED = "c__Checked";
    private static final int ROUNDS = 20;
    private static final int SAVES = 50;
    private static final int SAME = 10_000;
    private static final List<String> NAMES =
            List.of("Anderson", "Brandt", "Castillo", "Dimitrov", "Eriksson", "Ferrari", "Gonzalez", "Hoffmann");

    private final Records records;
    private final RecordSession loader;
    private final RecordSession saver;
    private int number;

    private CheckedSaves(Records records, Identity sales) {
        this.records = records;
        this.loader = records.open(sales.asSystem(), Channel.IMPORT);
        this.saver = records.open(sales, Channel.API).allowingDuplicates(Set.of(RecordSession.ALL_DUPLICATES));
    }

    public static void main(String[] arguments) throws IOException {
        boolean postgres = List.of(arguments).contains("postgres");
        int[] sizes = Arrays.stream(arguments)
                .filter(argument -> argument.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .sorted()
                .toArray();
        Path folder = Files.createTempDirectory("tenon-duplicates");
        List<String> settings = new ArrayList<>(List.of("--tenon.data=" + folder, "--logging.level.root=error"));
        try (EmbeddedPostgres server = postgres ? EmbeddedPostgres.start() : null) {
            if (server != null) {
                settings.add("--tenon.database.url=" + server.getJdbcUrl("postgres", "postgres"));
                settings.add("--tenon.database.user=postgres");
                settings.add("--tenon.database.password=postgres");
            }
            try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
                BenchTenant tenant = BenchTenant.create(platform, 0);
                platform.getBean(Customizing.class)
                        .apply(Users.platform(BenchTenant.KEY), objects(), Optional.empty(), false);
                CheckedSaves saves = new CheckedSaves(platform.getBean(Records.class), tenant.sales());
                System.out.println(postgres ? "PostgreSQL" : "H2");
                for (int size : sizes.length == 0 ? new int[] {20_000, 100_000} : sizes) {
                    saves.fill(size);
                    saves.measure("%,d similar rows".formatted(size), false);
                }
                saves.manyWithOneKey();
            }
        }
    }

    private static List<LayerEdit> objects() {
        List<LayerEdit> edits = new ArrayList<>();
        for (String object : List.of(PLAIN, CHECKED)) {
            edits.add(add("object:" + object, Map.of("label", object, "titleField", "name")));
            edits.add(add("field:" + object + "/name", Map.of("type", "text", "label", "Name")));
            edits.add(add("field:" + object + "/mail", Map.of("type", "text", "label", "Mail")));
            for (int i = 0; i < 10; i++) {
                edits.add(add("field:" + object + "/more" + i, Map.of("type", "text", "label", "More " + i)));
            }
            edits.add(add(
                    "objectPermission:bench__sales/" + object,
                    Map.of("create", true, "read", true, "scope", "all", "fieldDefault", "edit")));
        }
        edits.add(add(
                "duplicateRule:" + CHECKED + "/sameMail",
                Map.of("match", List.of(Map.of("mail", "normalized")), "message", "Known.", "action", "block")));
        edits.add(add(
                "duplicateRule:" + CHECKED + "/alike",
                Map.of("match", List.of(Map.of("name", Map.of("fuzzy", 90))), "message", "Similar.")));
        return edits;
    }

    private static LayerEdit add(String element, Map<String, Object> properties) {
        return new LayerEdit.Add(ElementKey.parse(element), new LinkedHashMap<>(properties));
    }

    /** Hundreds share their first and their last letters. */
    private static Map<String, @Nullable Object> row(int i) {
        String middle = Integer.toString(i * 7919, 26).replaceAll("[0-9-]", "x");
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", NAMES.get(i % 8) + " " + middle + " " + NAMES.get(i / 8 % 8));
        row.put("mail", "p" + i + "@example.com");
        for (int field = 0; field < 10; field++) {
            row.put("more" + field, "Some more text " + field + " of " + i);
        }
        return row;
    }

    private void fill(int rows) {
        for (; number < rows; number += RecordSession.IMPORT_CHUNK) {
            List<Map<String, @Nullable Object>> chunk = new ArrayList<>();
            for (int i = number; i < number + RecordSession.IMPORT_CHUNK; i++) {
                chunk.add(row(i));
            }
            loader.importRows(PLAIN, chunk);
            loader.importRows(CHECKED, chunk);
        }
    }

    /** Rounds alternate, so that what else the machine does concerns both. */
    private void measure(String what, boolean oneName) {
        double[] ratios = new double[ROUNDS];
        double plain = 0;
        double checked = 0;
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            double without = perSave(PLAIN, oneName);
            double with = perSave(CHECKED, oneName);
            if (round >= 0) {
                ratios[round] = with / without;
                plain += without / ROUNDS;
                checked += with / ROUNDS;
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "%-34s without %,6.0f us, with rules %,6.0f us, ratio %.2f (%.2f to %.2f)%n",
                what, plain, checked, ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    }

    private double perSave(String object, boolean oneName) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < SAVES; i++) {
            Map<String, @Nullable Object> row = row(number++);
            if (oneName) {
                row.put("name", "Maria " + row.get("name") + " Silva");
            }
            rows.add(row);
        }
        long begun = System.nanoTime();
        for (Map<String, @Nullable Object> row : rows) {
            saver.create(object, row);
        }
        return (System.nanoTime() - begun) / 1e3 / SAVES;
    }

    /** Names that begin and end the same, and one address that thousands have. */
    private void manyWithOneKey() {
        for (int done = 0; done < SAME; done += RecordSession.IMPORT_CHUNK) {
            List<Map<String, @Nullable Object>> chunk = new ArrayList<>();
            for (int i = 0; i < RecordSession.IMPORT_CHUNK; i++) {
                Map<String, @Nullable Object> row = row(number++);
                row.put("name", "Maria " + row.get("name") + " Silva");
                row.put("mail", "office@example.com");
                chunk.add(row);
            }
            loader.importRows(PLAIN, chunk);
            loader.importRows(CHECKED, chunk);
        }
        measure("%,d rows under one key".formatted(SAME), true);
        long begun = System.nanoTime();
        int refused = 0;
        for (int i = 0; i < SAVES; i++) {
            Map<String, @Nullable Object> row = row(number++);
            row.put("mail", "OFFICE@example.com");
            try {
                saver.create(CHECKED, row);
            } catch (PlatformException known) {
                refused++;
            }
        }
        System.out.printf(
                "%-34s %d of %d refused, %,6.0f us each%n",
                "an address that %,d have".formatted(SAME), refused, SAVES, (System.nanoTime() - begun) / 1e3 / SAVES);
    }
}
