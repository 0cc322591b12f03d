package dev.tenon.bench.http;

import dev.tenon.bench.http.HttpConnection.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What is measured.
 *
 * @param orders ids of orders that the salesperson sees
 * @param customers ids of all customers
 * @param deepPages filled at the first use: reading one's way to them takes a while
 */
record Scenarios(List<UUID> orders, List<UUID> customers, Map<Side, List<String>> deepPages) {

    /** Where a page counts as deep: so many pages of so many rows were read before it. */
    private static final int DEPTH = 10;

    private static final int STRIDE = 1_000;
    private static final int PAGE = 50;

    /** Orders that one client changes; no other client does, so that no version is out of date. */
    private static final int OWN = 40;

    private static final List<String> STATES = List.of("open", "shipped", "paid", "cancelled");

    List<Scenario> all() {
        return List.of(
                new Scenario("get", true, this::get),
                new Scenario("list", true, (side, connection, number) -> list(side, connection, number, false)),
                new Scenario("list-count", true, (side, connection, number) -> list(side, connection, number, true)),
                new Scenario("deep-page", true, this::deep),
                new Scenario(
                        "aggregate",
                        true,
                        (side, connection, number) ->
                                () -> connection.get(side.totals()).expect(200)),
                new Scenario("create", false, this::create),
                new Scenario("update", false, this::update));
    }

    private Scenario.Client get(Side side, HttpConnection connection, int number) {
        Random random = new Random(number);
        return () -> connection.get(side.one(one(orders, random))).expect(200);
    }

    /** The filter is on a reference, which has an index: some two hundred orders, of which a quarter may be seen. */
    private Scenario.Client list(Side side, HttpConnection connection, int number, boolean count) {
        Random random = new Random(number);
        return () -> connection
                .get(side.ofCustomer(one(customers, random), BigDecimal.valueOf(random.nextInt(10_000), 2), count))
                .expect(200);
    }

    /** Pages that a reader comes to who follows the links from one to the next. */
    private Scenario.Client deep(Side side, HttpConnection connection, int number) throws IOException {
        Random random = new Random(number);
        List<String> pages = deepPages.get(side);
        if (pages == null) {
            pages = walk(side, connection);
            deepPages.put(side, pages);
        }
        List<String> known = pages;
        return () -> connection.get(one(known, random)).expect(200);
    }

    private static List<String> walk(Side side, HttpConnection connection) throws IOException {
        String page = side.first();
        for (int i = 0; i < DEPTH; i++) {
            page = next(side, connection, page, STRIDE);
        }
        List<String> pages = new ArrayList<>();
        for (int i = 0; i < OWN; i++) {
            page = next(side, connection, page, PAGE);
            pages.add(page);
        }
        return pages;
    }

    private static String next(Side side, HttpConnection connection, String page, int rows) throws IOException {
        String body = connection
                .send("GET", page, "Prefer: odata.maxpagesize=" + rows + "\r\n", "")
                .expect(200)
                .text();
        return side.next(Agreement.JSON.readTree(body), rows);
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
