package dev.tenon.sdk;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;

/**
 * The person a call acts for.
 *
 * @param tenant key of the tenant
 * @param id id of the user's record in {@code sys__User}
 * @param name display name
 */
public record ActingUser(String tenant, UUID id, String name, Locale locale, ZoneId zone) {}
