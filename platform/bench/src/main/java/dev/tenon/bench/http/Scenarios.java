package dev.tenon.bench.http;

import dev.tenon.bench.http.HttpConnection.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What is measured.
 *
 * @param orders ids of orders that the salesperson sees
 * @param customers ids of all customers
 */
record Scenarios(List<UUID> orders, List<UUID> customers) {

    /** Orders that one client changes; no other client does, so that no version is out of date. */
    private static final int OWN = 40;

    private static final List<String> STATES = List.of("open", "shipped", "paid", "cancelled");

    List<Scenario> all() {
        return List.of(
                new Scenario("get", false, true, this::get),
                new Scenario("list", false, true, (side, connection, number) -> list(side, connection, number, false)),
                new Scenario(
                        "list-count", false, true, (side, connection, number) -> list(side, connection, number, true)),
                new Scenario("list-scan", false, true, Scenarios::scan),
                new Scenario(
                        "aggregate",
                        true,
                        true,
                        (side, connection, number) ->
                                () -> connection.get(side.totals()).expect(200)),
                new Scenario("update", false, false, this::update),
                new Scenario("create", false, false, this::create));
    }

    private Scenario.Client get(Side side, HttpConnection connection, int number) {
        Random random = new Random(number);
        return () -> connection.get(side.one(one(orders, random))).expect(200);
    }

    /** The filter is on a reference, which has an index: some two hundred orders, of which a quarter may be seen. */
    private Scenario.Client list(Side side, HttpConnection connection, int number, boolean count) {
        Random random = new Random(number);
        return () -> connection
                .get(side.ofCustomer(one(customers, random), amount(random), count))
                .expect(200);
    }

    /** No index helps the filter: the database looks at every row. */
    private static Scenario.Client scan(Side side, HttpConnection connection, int number) {
        Random random = new Random(number);
        return () -> connection
                .get(side.withStatus(one(STATES, random), amount(random)))
                .expect(200);
    }

    private Scenario.Client update(Side side, HttpConnection connection, int number) throws IOException {
        Random random = new Random(number);
        List<UUID> own = orders.subList(number * OWN, (number + 1) * OWN);
        List<String> versions = new ArrayList<>();
        for (UUID id : own) {
            versions.add(connection.get(side.one(id)).expect(200).etag());
        }
        return () -> {
            int which = random.nextInt(own.size());
            String body = "{\"amount\":%s,\"note\":\"changed %d\"}".formatted(amount(random), random.nextInt());
            Answer answer = connection
                    .send("PATCH", side.one(own.get(which)), "If-Match: " + versions.get(which) + "\r\n", body)
                    .expect(200);
            versions.set(which, answer.etag());
            return answer;
        };
    }

    private Scenario.Client create(Side side, HttpConnection connection, int number) {
        Random random = new Random(number);
        return () -> {
            String body = """
                    {"code":"N-%06d","customer_id":"%s","region":"north","status":"%s","quantity":%d,"amount":%s,\
                    "discount":5.00,"express":true,"orderedOn":"2026-01-02","deliverAt":"2026-01-20T08:00:00Z",\
                    "note":"Deliver at the back door."}
                    """.formatted(
                            random.nextInt(1_000_000),
                            one(customers, random),
                            one(STATES, random),
                            1 + random.nextInt(100),
                            amount(random));
            return connection.send("POST", side.all(), "", body).expect(201);
        };
    }

    private static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(100L + random.nextInt(100_000), 2);
    }

    private static <T> T one(List<T> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }
}
