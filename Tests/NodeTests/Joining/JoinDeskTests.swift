import Coordinator
import Node
import Synchronization
import Testing

@Suite("Who answers newcomers")
struct JoinDeskTests {
    @Test("a newcomer without a certificate to come does not spend its token")
    func unreadableKey() async throws {
        let asked = Asked()
        var request = try JoinRequest.sample()
        request.publicKey = "AAAA"
        let answer = try await answer(to: try request.encoded(), by: asked)
        #expect(answer.refusal == JoinRefusal.malformed.description)
        #expect(asked.newcomers.isEmpty)
        request = try JoinRequest.sample()
        request.hosts = ["nächster"]
        #expect(try await self.answer(to: try request.encoded(), by: asked).refusal != nil)
        #expect(asked.newcomers.isEmpty)
    }

    @Test("the registry is asked once, and its refusal is told in words")
    func refused() async throws {
        let asked = Asked()
        let request = try JoinRequest.sample()
        let answer = try await answer(to: try request.encoded(), by: asked)
        #expect(asked.newcomers == [try request.newcomer()])
        let refusal = try #require(answer.refusal)
        #expect(refusal.contains("spent"))
        #expect(answer.certificate == nil && answer.registry == nil)
        #expect(try answer.welcome() == nil)
    }

    @Test("what cannot be read is answered, too")
    func noRequest() async throws {
        #expect(try await answer(to: [0xFF], by: Asked()).refusal == JoinRefusal.malformed.description)
    }

    @Test("a node that is just starting says so")
    func starting() async throws {
        let answer = try await answer(to: try JoinRequest.sample().encoded(), by: nil)
        #expect(answer.refusal?.contains("starting") == true)
    }

    private func answer(to request: [UInt8], by performer: Asked?) async throws -> JoinAnswer {
        try #require(JoinAnswer(encoded: await JoinDesk(performer: performer).answer(request)))
    }
}

/// Remembers who asked to come in, and refuses.
private final class Asked: RequestPerforming {
    private let asked = Mutex<[Newcomer]>([])
    var newcomers: [Newcomer] { asked.withLock { $0 } }

    func perform(_ request: Request) async -> Performed {
        if case .join(let newcomer) = request { asked.withLock { $0.append(newcomer) } }
        return .answered(.failure(.forbidden("The token is spent.")))
    }
}
