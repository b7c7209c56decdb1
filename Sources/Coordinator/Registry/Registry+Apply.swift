import Checks

extension Registry {
    /// Applies one entry of group 0's log. A command that does not fit changes nothing.
    mutating func apply(
        _ command: RegistryCommand, at stamp: Timestamp, faults: PlantedFaults
    ) -> RegistryOutcome {
        if case .found(let first) = command {
            guard version == 0 else { return .done }
            self = first
            version = 1
            configurationVersion = 1
            time = max(time, stamp)
            return .done
        }
        time = max(time, stamp)
        switch command {
        case .found: return .done
        case .putService(let name, let change): return put(name, change)
        case .setServiceState(let name, let state): return set(name, state)
        case .putSettings(let settings): return put(settings)
        case .createInvite(let digest, let uses, let expiresAt): return create(digest, uses, expiresAt)
        case .useInvite(let digest, let client): return use(digest, client)
        case .putMember(let member): return put(member)
        case .patchSettings(let change): return put(settings.changed(by: change))
        case .layOut(let layout): return layOut(layout)
        case .join(let member, let digest): return join(member, with: digest)
        case .setMemberState(let node, let state, let leaving): return setState(node, state, leaving: leaving)
        case .removeMember(let node, let key): return remove(node, gossipKey: key, faults)
        case .addReplica(let group, let node): return addReplica(of: group, on: node, faults)
        case .removeReplica(let group, let id): return removeReplica(id, of: group)
        case .createJoinToken(let token): return createJoinToken(token)
        case .pin(let shard, let node): return pin(shard, to: node)
        case .rotateGossipKey(let key): return rotateGossip(key)
        case .promoteGossipKey(let number): return promoteGossip(number)
        case .raiseStateVersion(let wanted): return raiseStateVersion(to: wanted)
        }
    }

    mutating func changed(configuration: Bool) {
        version += 1
        if configuration { configurationVersion = version }
    }

    private mutating func put(_ name: ServiceName, _ change: ServiceChange) -> RegistryOutcome {
        let position = services.firstIndex { $0.name == name }
        guard position != nil || services.count < Limits.services else { return .refused(.tooManyServices) }
        let old = position.map { services[$0] }
        if let old, let schema = change.schema, schema != old.schema { return .refused(.otherSchema) }
        var service =
            old ?? Service(name: name, schema: change.schema ?? .verdict, state: .active, settings: ServiceSettings())
        for setting in change.settings { service.settings[keyPath: setting.name.keyPath] = setting.value }
        if service == old { return .service(service, created: false) }
        if let position {
            services[position] = service
        } else {
            services.insert(service, at: services.firstIndex { $0.name > name } ?? services.endIndex)
        }
        changed(configuration: true)
        return .service(service, created: old == nil)
    }

    private mutating func set(_ name: ServiceName, _ state: Service.State) -> RegistryOutcome {
        guard let position = services.firstIndex(where: { $0.name == name }) else { return .refused(.unknownService) }
        guard services[position].state != state else { return .service(services[position], created: false) }
        guard services[position].state != .revoked else { return .refused(.revoked) }
        services[position].state = state
        changed(configuration: true)
        return .service(services[position], created: false)
    }

    private mutating func put(_ settings: ClusterSettings) -> RegistryOutcome {
        if settings != self.settings {
            self.settings = settings
            changed(configuration: true)
        }
        return .done
    }

    private mutating func create(_ digest: [UInt8], _ uses: Int, _ expiresAt: Timestamp) -> RegistryOutcome {
        invites.removeAll { $0.expiresAt <= time || $0.clients.count >= $0.uses && $0.digest != digest }
        if invites.contains(where: { $0.digest == digest }) { return .done }
        guard invites.count < Limits.invites else { return .refused(.tooManyInvites) }
        invites.append(Invite(digest: digest, uses: uses, expiresAt: expiresAt, clients: []))
        changed(configuration: false)
        return .done
    }

    private mutating func use(_ digest: [UInt8], _ client: ClientID) -> RegistryOutcome {
        guard let position = invites.firstIndex(where: { $0.digest == digest && $0.expiresAt > time }) else {
            return .refused(.noInvite)
        }
        if invites[position].clients.contains(client) { return .done }
        guard invites[position].clients.count < invites[position].uses else { return .refused(.noInvite) }
        invites[position].clients.append(client)
        changed(configuration: false)
        return .done
    }
}
