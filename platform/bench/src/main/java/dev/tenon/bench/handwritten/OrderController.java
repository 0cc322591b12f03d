package dev.tenon.bench.handwritten;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tenon.sdk.record.RecordIds;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Orders over HTTP. */
@RestController
class OrderController {

    private final Orders orders;
    private final TransactionTemplate transactions;

    OrderController(Orders orders, TransactionTemplate transactions) {
        this.orders = orders;
        this.transactions = transactions;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listing(@Nullable Long count, List<?> value) {}

    @GetMapping("/orders/{id}")
    ResponseEntity<Order> one(@AuthenticationPrincipal UUID me, @PathVariable UUID id) {
        Order order = orders.find(me, id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok().eTag(etag(order)).body(order);
    }

    @GetMapping("/orders")
    Listing list(
            @AuthenticationPrincipal UUID me,
            @RequestParam @Nullable UUID customer,
            @RequestParam @Nullable BigDecimal amountAbove,
            @RequestParam @Nullable LocalDate afterDate,
            @RequestParam @Nullable UUID afterId,
            @RequestParam int top,
            @RequestParam(defaultValue = "false") boolean count) {
        Orders.Filter filter = new Orders.Filter(customer, amountAbove, afterDate, afterId);
        List<Order> rows = orders.list(me, filter, top);
        return new Listing(count ? orders.count(me, filter) : null, rows);
    }

    @GetMapping("/totals")
    Listing totals(@AuthenticationPrincipal UUID me) {
        return new Listing(null, orders.totals(me));
    }

    @PostMapping("/orders")
    @SuppressWarnings("NullAway") // the template returns what its work returns
    ResponseEntity<Order> create(@AuthenticationPrincipal UUID me, @RequestBody Order.New asked) {
        if (asked.code().isBlank()
                || asked.code().length() > 20
                || asked.amount().signum() <= 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        Order order = transactions.execute(status -> {
            if (!orders.customerExists(asked.customer())) {
                throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
            }
            Order made = orders.insert(me, RecordIds.next(), asked);
            return orders.find(me, made.id()).orElse(made);
        });
        return ResponseEntity.created(URI.create("/orders/" + order.id()))
                .eTag(etag(order))
                .body(order);
    }

    @PatchMapping("/orders/{id}")
    @SuppressWarnings("NullAway") // the template returns what its work returns
    ResponseEntity<Order> update(
            @AuthenticationPrincipal UUID me,
            @PathVariable UUID id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody Order.Change change) {
        if (change.amount() != null && change.amount().signum() <= 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        long version = Long.parseLong(ifMatch.replaceAll("[^0-9]", ""));
        Order order = transactions.execute(status -> {
            Order before = orders.lock(me, id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
            if (before.version() != version) {
                throw new ResponseStatusException(HttpStatus.PRECONDITION_FAILED);
            }
            orders.update(me, before, change);
            return orders.find(me, id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        });
        return ResponseEntity.ok().eTag(etag(order)).body(order);
    }

    private static String etag(Order order) {
        return "W/\"" + order.version() + "\"";
    }
}
