import Checks
import Coordinator
import HashRing

extension JSONWriter {
    mutating func members(of cluster: ClusterView) {
        let names = Dictionary(cluster.members.map { ($0.id, $0.name) }) { first, _ in first }
        func name(_ node: NodeID) -> String { names[node] ?? "\(node)" }
        field("id", cluster.id)
        field("version", cluster.registryVersion)
        field("stateVersion", cluster.stateVersion)
        array("members") { for member in cluster.members { $0.write(member) } }
        array("shards") {
            for shard in cluster.shards {
                $0.object {
                    $0.field("id", "\(shard.id)")
                    $0.field("leader", orNull: shard.leader.map(name))
                    $0.field("term", shard.term)
                    $0.array("replicas") { for replica in shard.replicas { $0.write(replica, name(replica.node)) } }
                    $0.strings("target", shard.target.map(name))
                    if let move = shard.move { $0.write(move, move.to.map(name)) }
                }
            }
        }
        object("ring") { $0.field("version", cluster.ringVersion) }
        field("balanced", cluster.balanced)
        field("healthy", cluster.healthy)
        field("underReplicated", cluster.underReplicated)
    }

    private mutating func write(_ member: ClusterView.Member) {
        object {
            $0.field("name", member.name)
            $0.field("id", "\(member.id)")
            $0.field("http", member.http)
            $0.field("peer", member.peer)
            $0.field("state", member.state.rawValue)
            $0.field("health", member.health.rawValue)
            $0.field("zone", member.zone)
            $0.field("weight", member.weight)
            $0.field("shards", member.shards)
            $0.field("leaders", member.leaders)
            $0.field("clockOffsetSeconds", Double(member.clockOffsetMilliseconds) / 1000)
        }
    }

    private mutating func write(_ replica: ClusterView.Replica, _ node: String) {
        object {
            $0.field("node", node)
            $0.field("role", replica.role.rawValue)
            $0.field("applied", replica.applied)
            $0.field("digest", ifPresent: replica.digest.map(Self.hex))
        }
    }

    /// `to` is left out while nothing but a replica is given up, `percent` while nothing is copied.
    private mutating func write(_ move: ClusterView.Move, _ node: String?) {
        object("move") {
            $0.field("to", ifPresent: node)
            $0.field("stage", move.stage.rawValue)
            $0.field("percent", ifPresent: move.percent)
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    mutating func write(_ service: Service) {
        object { $0.members(of: service) }
    }

    mutating func members(of service: Service) {
        field("name", service.name.text)
        field("schema", service.schema.rawValue)
        field("state", service.state.rawValue)
        for setting in ServiceSettingName.allCases {
            key(named: setting.rawValue)
            value(service.settings[keyPath: setting.keyPath])
        }
    }

    mutating func members(of settings: ClusterSettings) {
        field("enrollment", settings.enrollment.rawValue)
        field("registrationsPerMinutePerSource", settings.registrationsPerMinutePerSource)
        field("requestsPerSecondPerClient", settings.requestsPerSecondPerClient)
        field("replaceAfterSeconds", settings.replaceAfterSeconds)
        object("malfunction") {
            $0.field("enabled", settings.malfunction.enabled)
            $0.field("deadShare", Double(settings.malfunction.deadShareThousandths) / 1000)
            $0.field("minimumBuckets", settings.malfunction.minimumBuckets)
            $0.field("windowFactor", settings.malfunction.windowFactor)
        }
    }
}
