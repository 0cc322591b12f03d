package dev.tenon.bench.http;

import java.math.BigDecimal;
import java.util.UUID;

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
                    + (count ? "&$count=true" : "");
        }

        @Override
        String withStatus(String status, BigDecimal amountAbove) {
            return ORDERS + "?$filter=status%20eq%20%27" + status + "%27%20and%20amount%20gt%20" + amountAbove + TOP;
        }

        @Override
        String totals() {
            return ORDERS
                    + "?$apply=groupby((region,status),aggregate(amount%20with%20sum%20as%20total,$count%20as%20number))";
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
            return "/orders?customer=" + customer + "&amountAbove=" + amountAbove + "&top=20"
                    + (count ? "&count=true" : "");
        }

        @Override
        String withStatus(String status, BigDecimal amountAbove) {
            return "/orders?status=" + status + "&amountAbove=" + amountAbove + "&top=20";
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
    private static final String TOP = "&$orderby=orderedOn%20desc&$top=20";

    abstract String one(UUID order);

    abstract String ofCustomer(UUID customer, BigDecimal amountAbove, boolean count);

    abstract String withStatus(String status, BigDecimal amountAbove);

    /** Number and sum of the orders of each region and status. */
    abstract String totals();

    /** Where orders are created. */
    abstract String all();
}
