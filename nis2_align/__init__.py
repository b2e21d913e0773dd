"""nis2_align reads national cyber laws beside the NIS2 Directive (EU) 2022/2555."""
