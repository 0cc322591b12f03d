package dev.tenon.app;

import dev.tenon.tenancy.port.ModelChangeFeed;
import dev.tenon.tenancy.port.SchemaEvolution;
import dev.tenon.tenancy.port.TenancyStore;

/** What the store provides for tenancy. */
record TenancyPorts(TenancyStore store, ModelChangeFeed changes, SchemaEvolution schema) {}
