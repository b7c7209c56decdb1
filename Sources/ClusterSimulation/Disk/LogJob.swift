import Consensus
import Coordinator

/// Something for a node's log, done in order.
enum LogJob {
    case write(PersistTicket, GroupWrite)
    case compact(GroupKey, through: LogIndex, Configuration)
}
