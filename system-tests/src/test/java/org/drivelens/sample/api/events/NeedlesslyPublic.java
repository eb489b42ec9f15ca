package org.drivelens.sample.api.events;

/** Nobody else's business. */
public final class NeedlesslyPublic {}
