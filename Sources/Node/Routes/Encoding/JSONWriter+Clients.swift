import Checks

extension JSONWriter {
    mutating func write(_ client: ClientRecord) {
        object { $0.members(of: client) }
    }

    mutating func members(of client: ClientRecord) {
        field("id", client.id.description)
        field("screenName", client.screenName)
        field("state", client.state.rawValue)
        field("reason", ifPresent: client.reason)
        field("firstRegisteredAt", time: client.firstRegisteredAt)
        field("lastRegisteredAt", time: client.lastRegisteredAt)
        field("lastAccessAt", time: client.lastAccessAt)
        object("capability") {
            $0.field("usersPerWindow", client.capability.usersPerWindow)
            $0.field("windowSeconds", client.capability.windowSeconds)
            $0.field("maxBuckets", ifPresent: client.capability.maxBuckets)
            if let services = client.capability.services { $0.strings("services", services.lazy.map(\.text)) }
        }
        object("statistics") { $0.members(of: client.statistics) }
    }

    private mutating func members(of statistics: ClientStatistics) {
        field("bucketsAssigned", statistics.bucketsAssigned)
        field("bucketsDone", statistics.bucketsDone)
        field("bucketsDead", statistics.bucketsDead)
        field("bucketsReleased", statistics.bucketsReleased)
        field("bucketsHeld", statistics.bucketsHeld)
        write("usersByVerdict", statistics.usersByVerdict)
        object("faults") {
            $0.field("unassignedUser", statistics.unassignedUser)
            $0.field("notOwnBucket", statistics.notOwnBucket)
            $0.field("unknownBucket", statistics.unknownBucket)
            $0.field("malformed", statistics.malformed)
        }
        field("usersInWindow", statistics.usersInWindow)
        // As long as nothing was judged, nothing disagreed.
        let rate = statistics.judged == 0 ? 1 : Double(statistics.agreeing) / Double(statistics.judged)
        field("agreementRate", rate)
    }

    mutating func write(_ name: StaticString, _ counts: [VerdictCount]) {
        object(name) {
            for count in counts {
                $0.key(named: count.verdict.name)
                $0.value(count.count)
            }
        }
    }

    mutating func write(_ event: EventRecord) {
        object {
            $0.field("at", time: event.at)
            $0.field("kind", event.kind)
            $0.field("service", ifPresent: event.service?.text)
            $0.field("client", ifPresent: event.client?.description)
            $0.field("lease", ifPresent: event.lease?.description)
            for detail in event.details {
                $0.key(named: detail.name)
                switch detail.value {
                case .text(let text): $0.value(text)
                case .number(let number): $0.value(number)
                case .flag(let flag): $0.value(flag)
                }
            }
        }
    }
}
