package dev.tenon.bench.http;

import java.math.BigDecimal;
import java.net.URI;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The same questions in the words of each server. */
enum Side {
    TENON {
        @Override
        String one(UUID order) {
            return ORDERS + "(" + order + ")";
        }

        @Override
        String ofCustomer(UUID customer, BigDecimal amountAbove, boolean count) {
            return ORDERS + "?$filter=customer_id%20eq%20" + customer + "%20and%20amount%20gt%20" + amountAbove + TOP
                    + EXPANDED
                    + (count ? "&$count=true" : "");
        }

        @Override
        String first() {
            return ORDERS + "?$orderby=orderedOn%20desc" + EXPANDED;
        }

        @Override
        String next(JsonNode page, int rows) {
            if (!page.has("@odata.nextLink")) {
                throw new IllegalStateException("too few orders for a deep page; 50,000 are enough");
            }
            URI link = URI.create(page.path("@odata.nextLink").stringValue());
            return link.getRawPath() + "?" + link.getRawQuery();
        }

        @Override
        String totals() {
            return ORDERS
                    + "?$apply=groupby((status),aggregate(amount%20with%20sum%20as%20total,$count%20as%20number))";
        }

        @Override
        String all() {
            return ORDERS;
        }
    },
    HAND_WRITTEN {
        @Override
        String one(UUID order) {
            return "/orders/" + order;
        }

        @Override
        String ofCustomer(UUID customer, BigDecimal amountAbove, boolean count) {
            return "/orders?customer=" + customer + "&amountAbove=" + amountAbove + "&top=50"
                    + (count ? "&count=true" : "");
        }

        @Override
        String first() {
            return "/orders?top=50";
        }

        @Override
        String next(JsonNode page, int rows) {
            JsonNode last = page.path("value").get(page.path("value").size() - 1);
            return "/orders?top=" + rows + "&afterDate="
                    + last.path("orderedOn").stringValue() + "&afterId="
                    + last.path("id").stringValue();
        }

        @Override
        String totals() {
            return "/totals";
        }

        @Override
        String all() {
            return "/orders";
        }
    };

    private static final String ORDERS = "/odata/bench__Order";
    private static final String EXPANDED = "&$expand=customer($select=name)";
    private static final String TOP = "&$orderby=orderedOn%20desc&$top=50";

    abstract String one(UUID order);

    abstract String ofCustomer(UUID customer, BigDecimal amountAbove, boolean count);

    /** All orders, newest first: the first page, of 50 rows. */
    abstract String first();

    /** The page behind another one, as far as the client chooses with as many rows. */
    abstract String next(JsonNode page, int rows);

    /** Number and sum of the orders of each status. */
    abstract String totals();

    /** Where orders are created. */
    abstract String all();
}
