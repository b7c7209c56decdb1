/// The settings of a service that a call changes; those not named stay as they are.
public struct ServiceChange: Encodable, Hashable, Sendable {
    /// What a result says; said when the service is made.
    public var schema: String?
    /// Numbers by their names in the interface.
    public var settings: [String: Int]

    /// A change.
    public init(schema: String? = nil, settings: [String: Int] = [:]) {
        self.schema = schema
        self.settings = settings
    }

    /// Writes one flat object.
    public func encode(to encoder: any Encoder) throws {
        var fields = settings.mapValues { JSONValue.integer(Int64($0)) }
        if let schema { fields["schema"] = .string(schema) }
        try fields.encode(to: encoder)
    }
}

extension Call where Answer == Page<Service> {
    /// All services.
    public static var services: Call { Call(.GET, "v1", "services") }
}

extension Call where Answer == Service {
    /// A service.
    public static func service(_ name: String) -> Call { Call(.GET, "v1", "services", name) }

    /// Makes a service, or changes it.
    public static func setService(_ name: String, _ change: ServiceChange) -> Call {
        Call(.PUT, "v1", "services", name, body: change)
    }
}

extension Call where Answer == Done {
    /// No leases of the service are granted until it is resumed.
    public static func pauseService(_ name: String) -> Call { Call(.POST, "v1", "services", name, "pause") }

    /// Leases of the service are granted again.
    public static func resumeService(_ name: String) -> Call { Call(.POST, "v1", "services", name, "resume") }

    /// Ends a service; leases under way may finish, its past stays.
    public static func revokeService(_ name: String) -> Call { Call(.POST, "v1", "services", name, "revoke") }
}
