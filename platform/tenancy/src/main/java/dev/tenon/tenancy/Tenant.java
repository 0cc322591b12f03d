package dev.tenon.tenancy;

/**
 * One customer of the platform: own users, own data, own custom layer.
 *
 * @param key stable short name; lower case letters, digits and underscores
 * @param name how people call it
 */
public record Tenant(String key, String name) {}
