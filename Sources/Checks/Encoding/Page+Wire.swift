import FoundationEssentials
import SwiftProtobuf
import Wire

extension Page {
    var wire: WirePage {
        .with {
            if let after { $0.after = WireBytes(after) }
            $0.limit = UInt32(clamping: limit)
        }
    }

    init(wire: WirePage) {
        self.init(after: wire.hasAfter ? [UInt8](wire.after) : nil, limit: Int(wire.limit))
    }
}

extension UserFilter {
    func wire(_ page: Page) -> WireUsersQuery {
        .with {
            $0.service = service.text
            if let state { $0.state = UInt32(state.code) }
            if let lane { $0.lane = UInt32(lane.rawValue) }
            if let prefix { $0.prefix = prefix }
            $0.page = page.wire
        }
    }

    init(wire: WireUsersQuery) throws(CommandDecodingError) {
        self.init(
            service: try WireField.service(wire.service), state: wire.hasState ? try Self.state(wire.state) : nil,
            lane: wire.hasLane ? try WireField.lane(wire.lane) : nil, prefix: wire.hasPrefix ? wire.prefix : nil)
    }

    private static func state(_ number: UInt32) throws(CommandDecodingError) -> TaskState {
        guard let code = UInt8(exactly: number), let state = TaskState(code: code) else {
            throw .malformed("state \(number)")
        }
        return state
    }
}
