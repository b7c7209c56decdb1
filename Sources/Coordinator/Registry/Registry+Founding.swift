import Checks

extension Registry {
    /// The registry of a new cluster: one member, the service that checks whether users can be messaged, a sample of a
    /// further service that forms nothing yet, and the operators that the founding minted.
    static func founding(_ identity: NodeIdentity) -> Registry {
        var registry = Registry()
        registry.cluster = identity.cluster
        var founder = Member(identity)
        founder.joined = 1
        registry.members = [founder]
        registry.services = [
            Service(name: .dmcheck, schema: .verdict, state: .active, settings: ServiceSettings())
        ]
        if let sample = ServiceName("profile-sample") {
            registry.services.append(
                Service(name: sample, schema: .verdict, state: .paused, settings: ServiceSettings()))
        }
        registry.operators = identity.foundingOperators
            .map { Operator(name: $0.name, secret: $0.secret) }
            .sorted { $0.name < $1.name }
        _ = registry.layOut(Layout(identity))
        return registry
    }
}

extension Registry.Member {
    /// This node as a member that takes shards.
    init(_ identity: NodeIdentity) {
        self.init(
            node: identity.node, name: identity.name, http: identity.http, peer: identity.peer, zone: identity.zone,
            weight: identity.weight, state: .active, stateVersion: identity.stateVersion)
    }
}

extension Layout {
    /// Everything on the founding node.
    init(_ identity: NodeIdentity) {
        self.init(
            shardCount: identity.shardCount, replicationFactor: identity.replicationFactor, node: identity.node,
            secrets: identity.secrets)
    }
}
