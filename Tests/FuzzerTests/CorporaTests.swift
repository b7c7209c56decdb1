import Foundation
import FuzzedDecoders
import Testing

@Suite("What the fuzzers keep does nothing to its decoder that it should not", .timeLimit(.minutes(2)))
struct CorporaTests {
    private static let corpora = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzzers").appendingPathComponent("Corpora")

    @Test(
        "every input of its corpus gives a value that is as promised, or an error",
        arguments: FuzzedDecoder.all.map(\.name))
    func replay(name: String) async throws {
        let decoder = try #require(FuzzedDecoder.all.first { $0.name == name })
        let folder = Self.corpora.appendingPathComponent(name)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(!files.isEmpty)
        for file in files {
            let input = Array(try Data(contentsOf: folder.appendingPathComponent(file)))
            do throws(BrokenPromise) {
                switch decoder.run {
                case .atOnce(let run): try run(input)
                case .asynchronously(let run): try await run(input)
                }
            } catch {
                Issue.record("\(name)/\(file): \(error)")
            }
        }
    }

    @Test("every corpus has a decoder")
    func names() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpora.path)
        #expect(Set(folders) == Set(FuzzedDecoder.all.map(\.name)))
    }
}
