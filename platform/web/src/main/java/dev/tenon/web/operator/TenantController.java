package dev.tenon.web.operator;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenant;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.data.UserInput;
import dev.tenon.web.errors.WebError;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tenants of this installation. */
@RestController
class TenantController {

    private static final String ADMINISTRATOR = "sys__administrator";

    private final Tenants tenants;
    private final Users users;

    TenantController(Tenants tenants, Users users) {
        this.tenants = tenants;
        this.users = users;
    }

    @GetMapping("/api/platform/tenants")
    List<Tenant> list() {
        return tenants.list();
    }

    /**
     * @param packages products to install, in an order in which what a package requires comes before it; may be left out
     * @param administrator the first user, who holds the platform's permission set for administrators
     */
    record NewTenant(
            @Nullable String key,
            @Nullable String name,
            @Nullable List<@Nullable Product> packages,
            @Nullable Administrator administrator) {}

    /** A product of the repository. */
    record Product(@Nullable String name, @Nullable String version) {}

    /**
     * @param locale {@code en} (default) or {@code zh-CN}
     * @param zone an IANA time zone, UTC by default
     */
    record Administrator(
            @Nullable String login,
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable String locale,
            @Nullable String zone) {

        @Override
        public String toString() {
            return "Administrator[login=" + login + "]";
        }
    }

    /** The tenant with its packages and its first administrator, or nothing of it. */
    @PostMapping("/api/platform/tenants")
    @ResponseStatus(HttpStatus.CREATED)
    Tenant create(@RequestBody NewTenant sent) {
        String key = needed("key", sent.key());
        String name = needed("name", sent.name());
        NewUser first = user(sent.administrator());
        Identity platform = Users.platform(key);
        Tenant tenant = tenants.create(platform, key, name, packages(sent));
        try {
            users.create(platform, first);
        } catch (RuntimeException refused) {
            tenants.remove(platform, key);
            throw refused;
        }
        return tenant;
    }

    private static List<PackageId> packages(NewTenant sent) {
        List<@Nullable Product> products = sent.packages() == null ? List.of() : sent.packages();
        return products.stream()
                .map(product -> new PackageId(
                        needed("packages.name", product == null ? null : product.name()),
                        needed("packages.version", product == null ? null : product.version())))
                .toList();
    }

    private static NewUser user(@Nullable Administrator sent) {
        if (sent == null) {
            throw WebError.PARAMETER_MISSING
                    .error()
                    .with("name", "administrator")
                    .build();
        }
        Locale locale = UserInput.locale(sent.locale());
        ZoneId zone = UserInput.zone(sent.zone());
        return new NewUser(
                needed("administrator.login", sent.login()),
                needed("administrator.name", sent.name()),
                sent.email(),
                locale == null ? Locale.ENGLISH : locale,
                zone == null ? ZoneOffset.UTC : zone,
                needed("administrator.password", sent.password()),
                Set.of(ADMINISTRATOR),
                null);
    }

    private static String needed(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw WebError.PARAMETER_MISSING.error().with("name", name).build();
        }
        return value;
    }

    /**
     * Removes the tenant with all its data, for ever.
     *
     * @param confirm the key once more: no slip of a script removes a customer
     */
    @DeleteMapping("/api/platform/tenants/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String key, @RequestParam(required = false) @Nullable String confirm) {
        tenants.require(key);
        if (!key.equals(confirm)) {
            throw WebError.NOT_CONFIRMED.error().with("name", key).build();
        }
        tenants.remove(Users.platform(key), key);
    }
}
