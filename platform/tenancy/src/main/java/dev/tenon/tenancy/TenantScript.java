package dev.tenon.tenancy;

/**
 * A script of one of a tenant's layers.
 *
 * @param origin package, or {@code custom}
 * @param editable whether it is the tenant's own
 */
public record TenantScript(String origin, String path, String source, boolean editable) {}
