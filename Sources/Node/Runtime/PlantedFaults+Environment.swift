import Checks

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension NodeConfiguration {
    /// With the fault that `DMCHECK_PLANTED_FAULT` names: only in a program that was built with the package's trait
    /// `PlantedFaults`. No other knows the variable.
    func withPlantedFault() throws(StartError) -> NodeConfiguration {
        #if PlantedFaults
            guard let name = ProcessInfo.processInfo.environment["DMCHECK_PLANTED_FAULT"], !name.isEmpty else {
                return self
            }
            guard let fault = PlantedFault.allCases.first(where: { "\($0)" == name }) else {
                throw StartError(
                    "DMCHECK_PLANTED_FAULT=\(name) names no planted fault",
                    remedy: "write one of \(PlantedFault.allCases.map { "\($0)" }.joined(separator: ", "))")
            }
            var configuration = self
            configuration.plantedFaults = [fault]
            return configuration
        #else
            return self
        #endif
    }
}
