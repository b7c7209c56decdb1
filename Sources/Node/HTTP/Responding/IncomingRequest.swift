import HummingbirdCore

/// A request as Hummingbird hands it over; a *request* without more is one to the coordinator.
typealias IncomingRequest = HummingbirdCore.Request
