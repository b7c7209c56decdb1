import Checks

extension JSONWriter {
    mutating func write(_ item: UserListItem) {
        object {
            $0.members(of: item.user)
            $0.field("state", item.state.rawValue)
            $0.field("priority", (item.lane ?? .normal).name)
            $0.field("attempt", item.attempt)
        }
    }

    mutating func members(of record: UserRecord) {
        members(of: record.user)
        field("addedAt", time: record.addedAt)
        field("possiblyRenamed", record.possiblyRenamed)
        array("tasks") {
            for task in record.tasks {
                $0.object {
                    $0.field("service", task.service.text)
                    $0.field("state", task.state.rawValue)
                    $0.field("priority", task.lane.name)
                    $0.field("attempt", task.attempt)
                }
            }
        }
        array("verdicts") {
            for verdict in record.verdicts {
                $0.object {
                    $0.field("service", verdict.service.text)
                    $0.field("verdict", verdict.verdict.name)
                    $0.field("conditional", verdict.conditional)
                    $0.field("validFrom", time: verdict.validFrom)
                    $0.field("validTo", orNull: verdict.validTo?.text)
                    $0.strings("clients", verdict.clients.lazy.map(\.description))
                    $0.strings("leases", verdict.leases.lazy.map(\.description))
                }
            }
        }
        array("relations") { _ in }
    }

    mutating func write(_ row: ExportRow) {
        object {
            $0.members(of: row.user)
            $0.field("state", row.state.rawValue)
            $0.field("verdict", orNull: row.verdict?.name)
            $0.field("conditional", row.conditional)
            $0.field("validFrom", orNull: row.validFrom?.text)
            $0.strings("clients", row.clients.lazy.map(\.description))
        }
    }

    mutating func members(of counts: ShardCounts, now: Timestamp) {
        tasks(counts)
        write("byVerdict", counts.byVerdict)
        field("oldestWaitingSeconds", Self.seconds(since: counts.oldestWaiting, now: now))
    }

    mutating func tasks(_ counts: ShardCounts) {
        field("unmarked", counts.unmarked)
        field("pending", counts.pending)
        field("bucketed", counts.bucketed)
        field("leased", counts.leased)
        field("done", counts.done)
        field("failed", counts.failed)
        field("deleted", counts.deleted)
    }

    /// 0 when nothing waits.
    static func seconds(since moment: Timestamp?, now: Timestamp) -> Double {
        guard let moment else { return 0 }
        return Double(max(0, now.milliseconds - moment.milliseconds)) / 1000
    }
}
