package dev.tenon.bench.http;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is measured, and how long.
 *
 * @param jar the packaged server; empty: the platform from this process's class path
 * @param database {@code postgres} (one is started), {@code h2}, or the JDBC URL of an empty PostgreSQL database
 * @param rows orders in the table
 * @param clients how many at once, each with one connection; one table for each number
 * @param warmup seconds for each scenario and side, all of them before anything counts
 * @param seconds of one round
 * @param rounds for each scenario and side, taken in turns
 * @param only names of scenarios; empty: all
 * @param recordings folder for a flight recording of each server
 */
record LoadOptions(
        Optional<Path> jar,
        String database,
        String user,
        String password,
        int rows,
        List<Integer> clients,
        int warmup,
        int seconds,
        int rounds,
        Set<String> only,
        Optional<Path> recordings) {

    private static final List<String> KNOWN = List.of(
            "jar",
            "database",
            "user",
            "password",
            "rows",
            "clients",
            "warmup",
            "seconds",
            "rounds",
            "only",
            "recordings");

    static LoadOptions parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--") || !KNOWN.contains(parts[0].substring(2))) {
                throw new IllegalArgumentException(
                        "not an option: " + argument + "; known are --" + String.join("=… --", KNOWN) + "=…");
            }
            given.put(parts[0].substring(2), parts[1]);
        }
        return new LoadOptions(
                Optional.ofNullable(given.get("jar")).map(Path::of),
                given.getOrDefault("database", "postgres"),
                given.getOrDefault("user", "postgres"),
                given.getOrDefault("password", "postgres"),
                number(given, "rows", 100_000),
                numbers(given.getOrDefault("clients", "1,16")),
                number(given, "warmup", 8),
                number(given, "seconds", 3),
                number(given, "rounds", 3),
                given.containsKey("only")
                        ? Set.copyOf(Arrays.asList(given.get("only").split(",", -1)))
                        : Set.of(),
                Optional.ofNullable(given.get("recordings")).map(Path::of));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        String text = given.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
