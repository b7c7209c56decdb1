import SwiftProtobuf
import Wire

/// The order in which settings stand in the schema's lists; append only.
private let serviceSettings: [any WritableKeyPath<ServiceSettings, Int> & Sendable] = [
    \.bucketSize, \.leaseSeconds, \.graceSeconds, \.maxLeaseSeconds, \.maxOutstanding, \.maxAttempts, \.maxWaitSeconds,
    \.epochSeconds, \.coolDownSeconds, \.redundancy, \.maxDepth, \.dailyBudget, \.maxConnections,
]

private let clusterSettings: [any WritableKeyPath<ClusterSettings, Int> & Sendable] = [
    \.registrationsPerMinutePerSource, \.requestsPerSecondPerClient, \.replaceAfterSeconds,
    \.malfunction.deadShareThousandths, \.malfunction.minimumBuckets, \.malfunction.windowFactor,
]

extension DomainConfiguration {
    var wire: WireConfiguration {
        .with {
            $0.version = version
            $0.services = services.map { service in
                .with {
                    $0.name = service.name.text
                    $0.schema = service.schema.rawValue
                    $0.state = service.state.rawValue
                    $0.settings = serviceSettings.map { UInt32(clamping: service.settings[keyPath: $0]) }
                }
            }
            $0.enrollment = settings.enrollment.rawValue
            $0.settings =
                clusterSettings.map { UInt32(clamping: settings[keyPath: $0]) } + [settings.malfunction.enabled ? 1 : 0]
        }
    }

    init(wire: WireConfiguration) throws(CommandDecodingError) {
        var services: [Service] = []
        for message in wire.services {
            guard let schema = Service.Schema(rawValue: message.schema),
                let state = Service.State(rawValue: message.state)
            else { throw .malformed("service \(message.name)") }
            var settings = ServiceSettings()
            for (path, value) in zip(serviceSettings, message.settings) { settings[keyPath: path] = Int(value) }
            services.append(
                Service(name: try WireField.service(message.name), schema: schema, state: state, settings: settings))
        }
        var settings = ClusterSettings()
        guard let enrollment = ClusterSettings.Enrollment(rawValue: wire.enrollment) else {
            throw .malformed("enrollment \(wire.enrollment)")
        }
        settings.enrollment = enrollment
        for (path, value) in zip(clusterSettings, wire.settings) { settings[keyPath: path] = Int(value) }
        if wire.settings.count > clusterSettings.count {
            settings.malfunction.enabled = wire.settings[clusterSettings.count] != 0
        }
        self.init(version: wire.version, services: services, settings: settings)
    }
}

extension DomainConfiguration {
    /// As it is kept in the shard's file.
    func packed() throws -> [UInt8] { try wire.serializedBytes() }

    /// Reads what ``packed()`` made.
    init(packed bytes: [UInt8]) throws {
        let message = try WireConfiguration(serializedBytes: bytes)
        try self.init(wire: message)
    }
}
