import Checks
import HashRing
import Wire

extension Registry.Member {
    init(_ wire: WireRegistryMember) throws(WireError) {
        guard let node = NodeID(bytes: wire.nodeBytes), let state = ClusterView.MemberState(rawValue: wire.state)
        else { throw WireError("a member") }
        self.init(
            node: node, name: wire.name, http: wire.http, peer: wire.peer, zone: wire.zone, weight: Int(wire.weight),
            state: state, joined: wire.joined, isLeaving: wire.leaving, stateVersion: max(wire.stateVersion, 1))
    }

    var wire: WireRegistryMember {
        var wire = WireRegistryMember()
        wire.nodeBytes = node.bytes
        wire.name = name
        wire.http = http
        wire.peer = peer
        wire.zone = zone
        wire.weight = UInt32(clamping: weight)
        wire.state = state.rawValue
        wire.joined = joined
        wire.leaving = isLeaving
        wire.stateVersion = stateVersion
        return wire
    }
}

extension Registry.Invite {
    init(_ wire: WireRegistryInvite) {
        self.init(
            digest: wire.digestBytes, uses: Int(wire.uses), expiresAt: Timestamp(milliseconds: wire.expiresAt),
            clients: wire.clients.map { ClientID(rawValue: $0) })
    }

    var wire: WireRegistryInvite {
        var wire = WireRegistryInvite()
        wire.digestBytes = digest
        wire.uses = UInt32(clamping: uses)
        wire.expiresAt = expiresAt.milliseconds
        wire.clients = clients.map(\.rawValue)
        return wire
    }
}

extension Service {
    init(_ wire: WireRegistryService) throws(WireError) {
        guard let name = ServiceName(wire.name), let schema = Schema(rawValue: wire.schema),
            let state = State(rawValue: wire.state)
        else { throw WireError("a service") }
        var settings = ServiceSettings()
        for setting in try mapAll(wire.settings, { wire throws(WireError) in try ServiceChange.Setting(wire) }) {
            settings[keyPath: setting.name.keyPath] = setting.value
        }
        self.init(name: name, schema: schema, state: state, settings: settings)
    }

    var wire: WireRegistryService {
        var wire = WireRegistryService()
        wire.name = name.text
        wire.schema = schema.rawValue
        wire.state = state.rawValue
        wire.settings = ServiceSettingName.allCases.map {
            ServiceChange.Setting(name: $0, value: settings[keyPath: $0.keyPath]).wire
        }
        return wire
    }
}

extension ServiceChange.Setting {
    init(_ wire: WireRegistrySetting) throws(WireError) {
        guard let name = ServiceSettingName(rawValue: wire.name) else { throw WireError("the setting \(wire.name)") }
        self.init(name: name, value: Int(wire.value))
    }

    var wire: WireRegistrySetting {
        var wire = WireRegistrySetting()
        wire.name = name.rawValue
        wire.value = Int64(value)
        return wire
    }
}

extension ClusterSettings {
    init(_ wire: WireRegistrySettings) throws(WireError) {
        guard let enrollment = Enrollment(rawValue: wire.enrollment) else { throw WireError("the enrollment") }
        self.init()
        self.enrollment = enrollment
        registrationsPerMinutePerSource = Int(wire.registrationsPerMinutePerSource)
        requestsPerSecondPerClient = Int(wire.requestsPerSecondPerClient)
        replaceAfterSeconds = Int(wire.replaceAfterSeconds)
        malfunction.enabled = wire.malfunctionEnabled
        malfunction.deadShareThousandths = Int(wire.deadShareThousandths)
        malfunction.minimumBuckets = Int(wire.minimumBuckets)
        malfunction.windowFactor = Int(wire.windowFactor)
    }

    var wire: WireRegistrySettings {
        var wire = WireRegistrySettings()
        wire.enrollment = enrollment.rawValue
        wire.registrationsPerMinutePerSource = Int64(registrationsPerMinutePerSource)
        wire.requestsPerSecondPerClient = Int64(requestsPerSecondPerClient)
        wire.replaceAfterSeconds = Int64(replaceAfterSeconds)
        wire.malfunctionEnabled = malfunction.enabled
        wire.deadShareThousandths = Int64(malfunction.deadShareThousandths)
        wire.minimumBuckets = Int64(malfunction.minimumBuckets)
        wire.windowFactor = Int64(malfunction.windowFactor)
        return wire
    }
}
