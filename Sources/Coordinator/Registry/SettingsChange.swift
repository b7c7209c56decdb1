import Checks
import Wire

/// The settings of the cluster that a call names; `nil` leaves one as it is.
public struct SettingsChange: Hashable, Sendable {
    /// Who may register.
    public var enrollment: ClusterSettings.Enrollment?
    /// Registrations a minute from one peer address.
    public var registrationsPerMinutePerSource: Int?
    /// Requests a second from one client.
    public var requestsPerSecondPerClient: Int?
    /// How long a node is dead before its replicas are replaced.
    public var replaceAfterSeconds: Int?
    /// Whether the malfunction rules are applied.
    public var malfunctionEnabled: Bool?
    /// The share of ended buckets that may have died, in thousandths.
    public var deadShareThousandths: Int?
    /// Ended buckets before the share says anything.
    public var minimumBuckets: Int?
    /// How many times its cap a client may be refused in a window.
    public var windowFactor: Int?

    /// Nothing changes.
    public init() {}
}

extension ClusterSettings {
    func changed(by change: SettingsChange) -> ClusterSettings {
        var settings = self
        if let value = change.enrollment { settings.enrollment = value }
        if let value = change.registrationsPerMinutePerSource { settings.registrationsPerMinutePerSource = value }
        if let value = change.requestsPerSecondPerClient { settings.requestsPerSecondPerClient = value }
        if let value = change.replaceAfterSeconds { settings.replaceAfterSeconds = value }
        if let value = change.malfunctionEnabled { settings.malfunction.enabled = value }
        if let value = change.deadShareThousandths { settings.malfunction.deadShareThousandths = value }
        if let value = change.minimumBuckets { settings.malfunction.minimumBuckets = value }
        if let value = change.windowFactor { settings.malfunction.windowFactor = value }
        return settings
    }
}

extension SettingsChange {
    init(_ wire: WireRegistrySettingsPatch) throws(WireError) {
        self.init()
        if wire.hasEnrollment {
            guard let value = ClusterSettings.Enrollment(rawValue: wire.enrollment) else {
                throw WireError("the enrollment")
            }
            enrollment = value
        }
        registrationsPerMinutePerSource =
            wire.hasRegistrationsPerMinutePerSource ? Int(wire.registrationsPerMinutePerSource) : nil
        requestsPerSecondPerClient = wire.hasRequestsPerSecondPerClient ? Int(wire.requestsPerSecondPerClient) : nil
        replaceAfterSeconds = wire.hasReplaceAfterSeconds ? Int(wire.replaceAfterSeconds) : nil
        malfunctionEnabled = wire.hasMalfunctionEnabled ? wire.malfunctionEnabled : nil
        deadShareThousandths = wire.hasDeadShareThousandths ? Int(wire.deadShareThousandths) : nil
        minimumBuckets = wire.hasMinimumBuckets ? Int(wire.minimumBuckets) : nil
        windowFactor = wire.hasWindowFactor ? Int(wire.windowFactor) : nil
    }

    var wire: WireRegistrySettingsPatch {
        var wire = WireRegistrySettingsPatch()
        if let enrollment { wire.enrollment = enrollment.rawValue }
        if let value = registrationsPerMinutePerSource { wire.registrationsPerMinutePerSource = Int64(value) }
        if let value = requestsPerSecondPerClient { wire.requestsPerSecondPerClient = Int64(value) }
        if let value = replaceAfterSeconds { wire.replaceAfterSeconds = Int64(value) }
        if let value = malfunctionEnabled { wire.malfunctionEnabled = value }
        if let value = deadShareThousandths { wire.deadShareThousandths = Int64(value) }
        if let value = minimumBuckets { wire.minimumBuckets = Int64(value) }
        if let value = windowFactor { wire.windowFactor = Int64(value) }
        return wire
    }
}
