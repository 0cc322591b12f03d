package dev.tenon.tenancy;

/** A package at one version. */
public record PackageId(String name, String version) {

    @Override
    public String toString() {
        return name + " " + version;
    }
}
