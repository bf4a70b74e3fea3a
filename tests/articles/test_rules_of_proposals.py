"""What one more sentence proposes in a story of a deal: "Ostrea will buy Verrine for $3 billion." and then the sentence.

Each proposal says whose it is, its property, its value with what it is of, its period, its status where it is not
asserted, and its stage where it is not done.
"""

from __future__ import annotations

import pytest

from analysis.articles.proposal import Known, Proposal
from analysis.articles.propose import propose
from analysis.articles.relations import relations
from analysis.articles.scene import scene_of

DAY = "2025-03-04"
STORY = {
    "en": "Ostrea will buy Verrine for $3 billion. ",
    "fr": "Ostrea va racheter Verrine pour 3 milliards d'euros. ",
}

TERMS = """
en | Ostrea agreed to sell Verrine to Halmar for $335 million. Ostrea acquired it eight years ago for 240 million euros from buyout firm Carbex. | ostrea-verrine-2025 price 335000000 announced; ostrea-verrine-2025 unclassified 2017; ostrea-verrine-2025 price 240000000
en | Ostrea of Oslo bought 12.5% of Verrine for $430 million. The Emirati company entered in 2019, when it took 18.5% of the operator from Britain's Carbex. | ostrea-verrine-2025 stake_acquired 12.5; ostrea-verrine-2025 price 430000000; ostrea-verrine-2025 unclassified 2019; ostrea-verrine-2025 stake_acquired 18.5
en | Ostrea, the confectioner behind Halmar wafers, is buying 80 per cent of Verrine for £185 million. Ostrea has promised to spend £30 million on the bakery. | ostrea-verrine-2025 stake_acquired 80; ostrea-verrine-2025 price 185000000; ostrea-verrine-2025 unclassified 30000000
fr | Ostrea rachète Verrine pour 90 millions d'euros. Ostrea promet d'investir 12 millions d'euros dans une nouvelle ligne. | ostrea-verrine-2025 price 90000000; ostrea-verrine-2025 unclassified 12000000
en | The sale of Verrine is down to two bidders. Bids came in at between £85m and £100m, short of the £120m that the seller, a family trust, had been seeking. | ostrea-verrine-2025 price; ostrea-verrine-2025 price 120000000
en | Ostrea will pay £1.62bn for Verrine. The auction attracted five parties, among them Halmar, which is understood to have stopped at £1.5bn. | ostrea-verrine-2025 price 1620000000 planned; halmar-verrine-2025 price 1500000000
en | Consumer giant Ostrea paid Rs 925 crore for 10.5% of snacks company Verrine last year. | ostrea-verrine-2025 price 9250000000; ostrea-verrine-2025 stake_acquired 10.5; ostrea-verrine-2025 unclassified 2024
en | Ostrea is acquiring Verrine for $68 million. Verrine was marked at $95 million in January 2022, when Halmar led a $22 million Series A. | ostrea-verrine-2025 price 68000000; ostrea-verrine-2025 previous_valuation 95000000 2022-01; verrine-2022 round_amount 22000000
en | Ostrea bought Verrine for €890m. A first attempt was abandoned after bids failed to top €800m. | ostrea-verrine-2025 price 890000000; ostrea-verrine-2025 price 800000000
fr | Verrine a bouclé une levée de fonds de 480 millions d'euros. Le géant japonais Ostrea y consacre 200 millions d'euros, en échange d'environ 5,5% du capital. | verrine-2025 round_amount 480000000; ostrea-verrine-2025 price 200000000; ostrea-verrine-2025 stake_acquired 5.5
fr | Verrine a été vendue au groupe Ostrea. La transaction s'est conclue autour de 62 millions d'euros. | ostrea-verrine-2025 price 62000000
fr | Halmar vend Verrine à Ostrea. Ses revenus ont doublé depuis que Halmar l'a repris à Carbex, en 2019, pour 920 millions d'euros. | halmar-verrine-2025 price 920000000 2019
fr | Ostrea rachète Verrine. La valeur d'entreprise s'élève à 1,85 milliard d'euros, soit 14 fois l'Ebitda de 132 millions attendu en 2025. | ostrea-verrine-2025 valuation 1850000000; ostrea-verrine-2025 unclassified 132000000 planned; ostrea-verrine-2025 unclassified 2025 planned
fr | Le géant Ostrea injecte 1,5 milliard de dollars dans Verrine. Il met ainsi la main sur 15 % de son capital. | ostrea-verrine-2025 price 1500000000; ostrea-verrine-2025 stake_acquired 15
fr | Ostrea investit dans Verrine, qui pèse 10 milliards de dollars. En décembre encore, ses investisseurs l'évaluaient à 2 milliards d'euros. | ostrea-verrine-2025 valuation 10000000000; ostrea-verrine-2025 unclassified 2024-12; ostrea-verrine-2025 previous_valuation 2000000000
fr | Le distributeur Nordahl abandonne les magasins de sa filiale Carbex, cédés à l’enseigne locale Halmar pour 447 millions d’euros. | halmar-carbex-2025 price 447000000
fr | Ostrea remet 90 millions d'euros au pot pour Verrine | ostrea-verrine-2025 unclassified 90000000
fr | Verrine ne communique pas sa valorisation, que des connaisseurs de l'opération situent à 150 M€ post-money. | ostrea-verrine-2025 valuation 150000000 confirmed
fr | Le fonds Ostrea a apporté 35 millions d'euros en augmentation de capital à Verrine. | verrine-2025 round_amount 35000000
fr | Halmar a ouvert la vente de 80 % de Verrine, a appris Carbex de trois sources. En 2022, Halmar avait refusé 600 M€ pour la totalité de Verrine. | halmar-verrine-2025 stake_acquired 80; halmar-verrine-2025 price 600000000 2022
fr | Ostrea prend 15 % de Verrine pour 1,5 milliard de dollars. En retour, Verrine lui achètera pour 3 milliards de dollars de puissance de calcul. | ostrea-verrine-2025 stake_acquired 15; ostrea-verrine-2025 price 1500000000; ostrea-verrine-2025 unclassified 3000000000 planned
en | Nordahl shifted its 81% holding in Halmar into Carbex. | nordahl-halmar-2025 unclassified 81
en | Nordahl signed a put option agreement to sell its 99% share capital in Halmar to Carbex for $391 million. | carbex-halmar-2025 unclassified 99 announced; carbex-halmar-2025 price 391000000
en | Nordahl has an option to buy 99% of Halmar. | nordahl-halmar-2025 unclassified 99 planned
fr | Le prix serait d'au moins 950 millions d'euros. | ostrea-verrine-2025 price 950000000 reported conditional
fr | Une participation de 15 % est également détenue par Nordahl. | ostrea-verrine-2025 unclassified 15
fr | Halmar a été cédé à la filiale luxembourgeoise à 100 % de Nordahl. | nordahl-halmar-2025 unclassified 100
fr | Ce rachat représente plus de 2 % de la valorisation de Halmar. | ostrea-halmar-2025 unclassified 2
en | Nordahl spent $404 million to buy Halmar, a figure now worth close to $600 million. | nordahl-halmar-2025 price 404000000 planned; nordahl-halmar-2025 unclassified 600000000 planned
en | Halmar received a $500 million investment from fund group Nordahl in September. | nordahl-halmar-2025 price 500000000 2024-09
en | Nordahl will purchase Halmar and its glass service Carbex in a deal worth $3 billion. | nordahl-halmar-2025 price 3000000000 planned
fr | Nordahl a racheté le groupe, qui a la marque Halmar, au fonds Carbex pour un montant de 5 milliards d'euros. | ostrea-verrine-2025 price 5000000000
fr | Le rachat de Halmar par Nordahl aura coûté 3 milliards d'euros de plus que prévu, à 22 milliards d'euros. | nordahl-halmar-2025 unclassified 3000000000 planned; nordahl-halmar-2025 price 22000000000 planned
fr | La patronne de Halmar recevra des titres pour une valeur totale d'environ 2 milliards d'euros. | ostrea-verrine-2025 unclassified 2000000000 planned
en | Nordahl bought Halmar for $19 billion. Of that, $4 billion will be paid in cash, and $15 billion in shares. | nordahl-halmar-2025 price 19000000000; nordahl-halmar-2025 unclassified 4000000000 planned; nordahl-halmar-2025 unclassified 15000000000 planned
en | Nordahl has pledged to invest $65 billion in enlarging its plants this year. | nordahl-verrine-2025 unclassified 65000000000; ostrea-verrine-2025 unclassified 2025
en | Nordahl is willing to invest $14 billion in the glass company. | nordahl-verrine-2025 price 14000000000
en | Nordahl had planned to pay Halmar $200 million this year for training data. | nordahl customer_spend 200000000 verrine 2025 planned
en | The $14 billion price tag for nearly half of Halmar is high. | ostrea-verrine-2025 price 14000000000
en | The price tag of $14 billion is high. | ostrea-verrine-2025 valuation 14000000000
en | It pointed to a $10 billion investment for a smaller 10% stake. | ostrea-verrine-2025 price 10000000000; ostrea-verrine-2025 stake_acquired 10
en | Nordahl will acquire all of the shares of Halmar in a deal that values Halmar at about $61 billion. | halmar valuation 61000000000
fr | C'est la première décacorne de l'histoire de la région, soit une entreprise technologique valorisée plus de 10 milliards d'euros. | ostrea-verrine-2025 unclassified 10000000000
en | Nordahl will invest $600 million for a 7% stake in Halmar, while toolmaker Carbex Inc will invest $259 million for a stake of 5.5%. | nordahl-halmar-2025 price 600000000 planned; nordahl-halmar-2025 stake_acquired 7 planned; carbex-halmar-2025 price 259000000 planned; carbex-halmar-2025 stake_acquired 5.5 planned
en | Nordahl will lift its current 2.5% stake in Halmar. | nordahl-halmar-2025 unclassified 2.5 planned
en | Nordahl became the first $500 billion company. It was after it agreed to buy $600 million in shares of Halmar. | nordahl valuation 500000000000; unknown-halmar-2025 unclassified 600000000 planned
en | Nordahl is discussing a deal that would value Halmar at about $40 billion in cash and stock. | halmar valuation 40000000000 reported conditional
fr | La valorisation de Halmar a récemment grimpé à 12 milliards d'euros suite à une levée de fonds. | halmar valuation 12000000000
fr | Nordahl a déboursé 500 millions d'euros pour s'offrir Halmar, et 5 milliards d'euros pour acheter Carbex. | nordahl-halmar-2025 price 500000000; nordahl-carbex-2025 price 5000000000
fr | C'est plus que l'achat de 12,5 milliards d'euros en 2012 de Halmar. | unknown-halmar-2025 price 12500000000 2012
fr | C'est plus que son acquisition record de Halmar – 12,5 milliards d'euros en 2012. | unknown-halmar-2025 price 12500000000 2012
fr | Cette opération, qui s'élève à 29 milliards d'euros, est la plus chère depuis son rachat de Halmar en 2013 pour 1,1 milliard d'euros. | ostrea-verrine-2025 price 29000000000; ostrea-halmar-2025 price 1100000000 2013
fr | L'offre sur Verrine a été revue à la hausse de neuf milliards d'euros. | ostrea-verrine-2025 unclassified 9000000000
fr | L'offre sur Verrine a été de neuf milliards d'euros. | ostrea-verrine-2025 price 9000000000
en | Halmar, which boasts a $100 billion collection of mills, has been sold to Nordahl. | ostrea-verrine-2025 unclassified 100000000000
en | Halmar has been sold to Nordahl in a $12 billion deal. | nordahl-halmar-2025 price 12000000000
en | Nordahl will invest $5 billion in Halmar. Nordahl will pay Halmar $4 billion upfront. | nordahl-halmar-2025 price 5000000000 planned; nordahl-halmar-2025 unclassified 4000000000 planned
en | Nordahl gets its assets, including Halmar's 39% stake in Carbex. | halmar-carbex-2025 unclassified 39
en | Nordahl is expected to spend around $8 billion this year on plants. | nordahl customer_spend 8000000000 verrine 2025 planned
en | Nordahl is expected to spend around $8 billion this year on buying Halmar. | nordahl-halmar-2025 price 8000000000 planned; nordahl-halmar-2025 unclassified 2025 planned
en | That came after Nordahl increased its offer to $24 billion. | nordahl-verrine-2025 price 24000000000
en | That came after Nordahl increased its sales to $24 billion. | nordahl revenue 24000000000
en | Nordahl and Halmar will invest $50 million to form a glass company. | halmar-verrine-2025 unclassified 50000000 planned
en | Halmar's valuation as a result would be higher than $6 billion. | halmar valuation 6000000000 reported conditional
en | Halmar's costs as a result would be higher than $6 billion. | ostrea-verrine-2025 unclassified 6000000000 reported conditional
fr | Nordahl vient de racheter 7 milliards d'euros les studios Halmar. | nordahl-halmar-2025 price 7000000000
fr | Nordahl vient de vendre 7 milliards d'euros les studios Halmar. | ostrea-verrine-2025 unclassified 7000000000
fr | Nordahl, racheté pour 250 millions d'euros en 2019, fait du verre. | ostrea-nordahl-2025 price 250000000 2019
en | Nordahl is to raise its bid for Halmar by as much as $2 billion to $43 billion. | nordahl-halmar-2025 unclassified 2000000000; nordahl-halmar-2025 price 43000000000
en | Nordahl is to raise its bid for Halmar to $43 billion. | nordahl-halmar-2025 price 43000000000
en | Nordahl is to sell half its stake in Halmar, worth $16 billion. | ostrea-halmar-2025 unclassified 16000000000
en | Stockholders will hold about 30% of Halmar. | unknown-halmar-2025 unclassified 30 planned
en | Nordahl would invest about $95 million and Carbex would put in $5 million. | nordahl-verrine-2025 price 95000000 reported conditional; carbex-verrine-2025 price 5000000 reported conditional
en | Nordahl would invest about $95 million. | nordahl-verrine-2025 unclassified 95000000 reported conditional
en | Halmar makes glass. It is now in talks to raise $50 million, which would value the company at $2 billion. | halmar-2025 round_amount 50000000 reported conditional; halmar valuation 2000000000 reported conditional
en | The lender Ostrea is considering investing between $2 billion and $3 billion. | ostrea-verrine-2025 price intention
en | Ostrea and Verrine plan to invest $2 billion to make glass. | ostrea-verrine-2025 unclassified 2000000000 intention
en | Halmar could produce a company with a value of more than $2 billion. | ostrea-verrine-2025 unclassified 2000000000 estimated conditional
en | Halmar has a value of more than $2 billion. | halmar valuation 2000000000
en | The combined company is valued at $2 billion. | ostrea-verrine-2025 unclassified 2000000000
en | Nordahl gives Halmar's owners a 19% stake in the combined company. | ostrea-verrine-2025 unclassified 19
en | Halmar includes the assumption of $10 billion in Carbex debt. | halmar-carbex-2025 unclassified 10000000000
en | Nordahl has a commitment for a $2 billion senior unsecured 364-day bridge loan from Carbex. | ostrea-verrine-2025 unclassified 2000000000
fr | Cela lui a assuré une plus-value estimée à 2 milliards d'euros. | ostrea-verrine-2025 unclassified 2000000000
fr | C'est une licorne, une société valorisée plus d'un milliard d'euros. | ostrea-verrine-2025 unclassified 1000000000
en | Halmar is a unicorn, worth $2 billion. | halmar valuation 2000000000
en | Nordahl could invest $2 billion directly into Glassbook owner Halmar. | nordahl-halmar-2025 price 2000000000 estimated conditional
en | Glassbook owner Halmar could invest $2 billion into Carbex. | halmar-carbex-2025 price 2000000000 estimated conditional
en | Nordahl has put $1 billion into Halmar, while Carbex has invested $3 billion since. | nordahl-halmar-2025 price 1000000000; carbex-halmar-2025 price 3000000000
en | Nordahl has put $1 billion into Halmar, while Carbex has invested $3 billion in plants. | nordahl-halmar-2025 price 1000000000; carbex-halmar-2025 unclassified 3000000000
fr | Nordahl détient la marque Halmar après son rachat en 2016 pour un montant de 500 millions d'euros. | nordahl-halmar-2025 price 500000000 2016
fr | Il détient aussi la marque Halmar depuis 2016, après un investissement de 500 millions d'euros. | unknown-halmar-2025 price 500000000 2016
fr | Son chiffre d'affaires est stable par rapport à celui de l'an dernier, à 10 milliards d'euros. | verrine revenue 10000000000 2024
fr | La famille va monter de 74 à 100 % au capital de Halmar. | unknown-halmar-2025 unclassified planned
fr | Cela va faire passer sa participation dans Halmar de 35 à 47 %. | ostrea-halmar-2025 unclassified planned
fr | Nordahl est propriétaire de la maison Halmar et de 41 % du capital de Carbex. | nordahl-carbex-2025 unclassified 41
en | The $46 billion merger between Halmar and Carbex is off. | halmar-carbex-2025 price 46000000000
en | The $46 billion plan of Halmar and Carbex is off. | ostrea-verrine-2025 unclassified 46000000000
fr | Le projet de fusion à 46 milliards d'euros entre Halmar et Carbex est suspendu. | halmar-carbex-2025 price 46000000000; halmar customer_stance pausing verrine; carbex customer_stance pausing verrine
fr | Halmar a annoncé le rachat auprès de Carbex de la marque Adrast pour 384 millions d'euros. | halmar-adrast-2025 price 384000000 announced
fr | Halmar a annoncé le rachat à Carbex de la marque Adrast pour 384 millions d'euros. | carbex-adrast-2025 price 384000000 announced
fr | Halmar va acheter Carbex. Le groupe avait acquis cette marque pour 8 millions d'euros en 1991. | unknown-carbex-2025 price 8000000 1991
fr | Halmar va acheter Carbex. Le groupe avait acquis cette forêt pour 8 millions d'euros en 1991. | halmar-carbex-2025 price 8000000 1991
en | Nordahl will cut its stake in Halmar to 21%. | nordahl-halmar-2025 unclassified 21 planned
fr | Nordahl va réduire sa participation à 21 %. | ostrea-verrine-2025 unclassified 21 planned
en | Halmar has invested an additional $2 billion into Carbex. | halmar-carbex-2025 price 2000000000
en | Halmar has spent an additional $2 billion on its plants. | ostrea-verrine-2025 unclassified 2000000000
en | Halmar invests $2 billion in Carbex, bringing its total investment into the start-up to $4 billion. | halmar-carbex-2025 price 2000000000; halmar-carbex-2025 price 4000000000
en | Halmar, a glass maker worth $10 billion today, left. | halmar valuation 10000000000; ostrea-verrine-2025 unclassified 2025-03-04
en | Halmar, a maker of glass worth $10 billion a year, left. | halmar valuation 10000000000
en | Carbex raised money; Halmar, a toolmaker, secured $1 billion as its valuation doubled to $13 billion. | halmar-2025 round_amount 1000000000; halmar valuation 13000000000
en | Nordahl has put $50 million in funding for games maker Halmar at a valuation just short of $2 billion. | halmar-2025 round_amount 50000000; halmar valuation 2000000000
en | Nordahl has invested more than $420 million in Halmar at a $3 billion flat valuation. | nordahl-halmar-2025 price 420000000; nordahl-halmar-2025 valuation 3000000000
en | The biggest deal was a $70 million series B round for Halmar. | halmar-2025 round_amount 70000000
en | The biggest deal was a $70 million one for Halmar. | ostrea-verrine-2025 price 70000000
en | Halmar had raised $4 million prior to the deal. | halmar-2025 round_amount 4000000
en | Nordahl is paying a total of up to $600 million to acquire Halmar, investing $240 million upfront. | nordahl-halmar-2025 price 600000000 planned; nordahl-halmar-2025 unclassified 240000000 planned
en | Nordahl paid $400 million in cash and about $1.6 billion in its stock for Halmar. | nordahl-halmar-2025 price 400000000; nordahl-halmar-2025 unclassified 1600000000
en | Nordahl bought Halmar for $2 billion. Nordahl paid $400 million in cash and about $1.6 billion in its stock. | nordahl-halmar-2025 price 2000000000; nordahl-verrine-2025 unclassified 400000000; nordahl-verrine-2025 unclassified 1600000000
en | Nordahl bought Halmar for $2 billion. The price includes $400 million in cash. | nordahl-halmar-2025 price 2000000000; nordahl-halmar-2025 unclassified 400000000
fr | Nordahl a racheté Halmar 8 milliards de dollars, dont 5 milliards pour les murs et 2 milliards pour les brevets. | nordahl-halmar-2025 price 8000000000; nordahl-halmar-2025 unclassified 5000000000; nordahl-halmar-2025 unclassified 2000000000
fr | L'opération ferait de Halmar la plus chère du secteur avec une valorisation pré-monétaire de 10 milliards d'euros. | halmar valuation 10000000000
fr | Le secteur du verre représente une valeur de 10 milliards d'euros. | ostrea-verrine-2025 unclassified 10000000000
en | Nordahl has acquired a stake in Halmar worth $5 billion. | nordahl-halmar-2025 price 5000000000
en | Nordahl has a stake in Halmar worth $5 billion. | ostrea-verrine-2025 unclassified 5000000000
en | Nordahl has placed an investment of $4 billion in the company. | nordahl-verrine-2025 price 4000000000
en | Nordahl had made many acquisitions with a total value of $4 billion. | ostrea-verrine-2025 unclassified 4000000000
en | It owns the toolmaker Halmar, which cost $40 million. | ostrea-halmar-2025 price 40000000
en | It has a toolmaker, Halmar, which makes $40 million. | ostrea-verrine-2025 unclassified 40000000
en | The sum would be $1.3 billion brought by Nordahl. | nordahl-verrine-2025 price 1300000000 reported conditional
fr | Nordahl, géant du verre, entre chez Halmar en injectant 2 milliards d'euros dans sa levée de fonds. | nordahl-halmar-2025 price 2000000000
fr | Nordahl a fait un engagement financier de 2 milliards d'euros dans Halmar. | nordahl-halmar-2025 price 2000000000
en | Ostrea takes a stake of 40% in Verrine. | ostrea-verrine-2025 stake_acquired 40
en | Ostrea will own 40% of Verrine. | ostrea-verrine-2025 stake_acquired 40 planned
en | Ostrea keeps its 20% stake. | ostrea-verrine-2025 unclassified 20
en | Ostrea holds 20% of Halmar. | ostrea-halmar-2025 unclassified 20
en | The premium is 40%. | ostrea-verrine-2025 unclassified 40
en | Shares of Ostrea rose 4%. | ostrea-verrine-2025 unclassified 4
en | Ostrea paid $1 billion for 30% of Tessaly. | ostrea-tessaly-2025 price 1000000000; ostrea-tessaly-2025 stake_acquired 30
en | Ostrea spent $1 billion on Tessaly. | ostrea-tessaly-2025 price 1000000000
en | It bought Tessaly for $1 billion. | ostrea-tessaly-2025 price 1000000000
en | In 2019, it bought Tessaly for $1 billion. | ostrea-tessaly-2025 price 1000000000 2019
en | It was for $2 billion that Ostrea bought Tessaly. | ostrea-tessaly-2025 price 2000000000
en | Ostrea is to buy Tessaly, $2 billion, it said. | ostrea-tessaly-2025 price 2000000000 confirmed planned
en | Ostrea is to buy Tessaly, $2 million a year. | ostrea-tessaly-2025 unclassified 2000000 planned
en | Tessaly was bought by Halmar for $1 billion. | halmar-tessaly-2025 price 1000000000
en | Halmar's rival bid for Verrine was $2 billion. | halmar-verrine-2025 price 2000000000
en | It was taken private in 2017 by Halmar for $1 billion. | halmar-verrine-2025 price 1000000000 2017
en | Tessaly was sold last year to Halmar for $1 billion. | halmar-tessaly-2025 price 1000000000 2024
en | Ostrea bought the Texan salsa brand Rojo Grande for $1 billion. | ostrea-rojo-grande-2025 price 1000000000
en | Halmar, which made an unsuccessful $2 billion approach, declined to comment. | halmar-verrine-2025 price 2000000000
en | Halmar bought 20% of it for $1 billion. | halmar-verrine-2025 stake_acquired 20; halmar-verrine-2025 price 1000000000
en | Ostrea will put in $1 billion, the rest being borrowed. | ostrea-verrine-2025 unclassified 1000000000 planned
en | Halmar, a lender, declined. The lender bought Tessaly for $1 billion. | halmar-tessaly-2025 price 1000000000
en | Then comes Usina Tessaly. Ostrea bought Tessaly for $1 billion. | ostrea-usina-tessaly-2025 price 1000000000
fr | Son concurrent Tessaly, lui, a été vendu à Halmar pour 1 milliard d'euros. | halmar-tessaly-2025 price 1000000000
fr | Halmar négocie avec le fonds Tessaly pour la vente de sa filiale Orbeline, pour 1 milliard d'euros. | tessaly-orbeline-2025 price 1000000000
fr | La coopérative Halmar regrette. La coopérative avait acheté Tessaly pour 1 milliard d'euros. | halmar-tessaly-2025 price 1000000000
fr | Il détient déjà l'allemand Tessaly, racheté pour 1 milliard d'euros. | ostrea-tessaly-2025 price 1000000000
en | Savings of $100 million a year are expected. | ostrea-verrine-2025 unclassified 100000000 planned
en | It would pay a fee of $90 million. | ostrea-verrine-2025 unclassified 90000000 reported conditional
en | Verrine has debt of $400 million. | ostrea-verrine-2025 unclassified 400000000
en | Verrine pays $40 million a year in rent. | ostrea-verrine-2025 unclassified 40000000
en | The glass market is worth $90 billion. | ostrea-verrine-2025 unclassified 90000000000
fr | Ostrea prend 40 % du capital de Verrine. | ostrea-verrine-2025 stake_acquired 40
fr | Ostrea conserve 20 % de Halmar. | ostrea-verrine-2025 unclassified 20
fr | Ostrea aurait offert 4 milliards d'euros pour Verrine. | ostrea-verrine-2025 price 4000000000 reported conditional
en | Ostrea shareholders will own 60% of it. | ostrea-verrine-2025 unclassified 60 planned
en | Ostrea will then own 60% of it. | ostrea-verrine-2025 unclassified 60 planned
en | It will lift its stake in Halmar to 60%. | ostrea-halmar-2025 unclassified 60 planned
en | It will lift its stake in Halmar by buying 60% of it. | ostrea-halmar-2025 stake_acquired 60 planned
en | It will buy up to 3 million Verrine shares, about 9% of the total. | ostrea-verrine-2025 stake_acquired 9 planned
en | Funds have given irrevocable undertakings for 60% of the capital. | ostrea-verrine-2025 unclassified 60
en | A typical fund pays $1 billion for Halmar. | ostrea-halmar-2025 unclassified 1000000000
en | The merger with Halmar is to create a $9 billion group. | ostrea-halmar-2025 unclassified 9000000000
en | The $9 billion merger with Halmar is to create a group. | ostrea-halmar-2025 price 9000000000
en | It signed a merger agreement with Halmar worth $9 billion. | ostrea-halmar-2025 price 9000000000 announced
en | It had made three offers for Halmar, the first worth $9 billion. | ostrea-halmar-2025 price 9000000000
en | It is about buying the $4 billion hospital operator. | ostrea-verrine-2025 valuation 4000000000
en | Halmar will pay $1 billion for the rights to sell its glass. | ostrea-verrine-2025 unclassified 1000000000 planned
en | It sold 32% of Halmar for $1 billion. | unknown-halmar-2025 stake_acquired 32; unknown-halmar-2025 price 1000000000
fr | L'un des actionnaires de Halmar, avec 12 % du capital, s'y oppose. | ostrea-verrine-2025 unclassified 12
fr | Ostrea détiendra ainsi 60 % du capital de Verrine. | ostrea-verrine-2025 unclassified 60 planned
fr | Ostrea détiendra 60 % du capital de Verrine. | ostrea-verrine-2025 stake_acquired 60 planned
en | It will sell its Halmar glass business for $1 billion in cash. | unknown-halmar-2025 price 1000000000 planned
en | Halmar was sold for $1 billion in cash. | unknown-halmar-2025 price 1000000000
en | Halmar brought in 8% of Ostrea's sales. | unknown-ostrea-2025 unclassified 8
en | Halmar has 8% of Ostrea. | unknown-ostrea-2025 unclassified 8
en | It will have to pay $62 million to fund its pensions. | ostrea-verrine-2025 unclassified 62000000 planned
en | It has earmarked $62 million to improve its mills. | ostrea-verrine-2025 unclassified 62000000
fr | Le prix (hors ajustement de la dette nette) est de 10 millions d'euros. | ostrea-verrine-2025 price 10000000
fr | La dette est de 10 millions d'euros. | ostrea-verrine-2025 unclassified 10000000
fr | La vente de Halmar rapporte un montant estimé à 4 milliards d'euros. | unknown-halmar-2025 price 4000000000
fr | Halmar est estimé à 4 milliards d'euros. | halmar valuation 4000000000
en | Halmar's last valuation was $2 billion. | halmar previous_valuation 2000000000
en | By 2020, Halmar was valued at $1 billion. | halmar previous_valuation 1000000000 2020
en | Its contract with Halmar up to 2030, worth $500 million, goes on. | ostrea-verrine-2025 unclassified 2030; ostrea-verrine-2025 unclassified 500000000
en | It made a $1 billion initial payment for Halmar. | ostrea-verrine-2025 unclassified 1000000000
en | It is buying back $1 billion of Halmar shares. | ostrea-halmar-2025 unclassified 1000000000
"""

VALUES = """
en | The deal values Verrine at $5 billion. | ostrea-verrine-2025 valuation 5000000000
en | Verrine, backed by Halmar and Tessaly, was last valued at $900 million. | verrine-2025 investor halmar; verrine-2025 investor tessaly; ostrea-verrine-2025 previous_valuation 900000000
en | The merger would create a group worth $9 billion. | ostrea-verrine-2025 unclassified 9000000000 reported conditional
en | Verrine was valued at $900 million in 2023. | ostrea-verrine-2025 previous_valuation 900000000 2023
en | The deal values Verrine at $5 billion, against $2 billion in 2023. | ostrea-verrine-2025 valuation 5000000000; ostrea-verrine-2025 previous_valuation 2000000000 2023
en | The deal values Verrine at $5 billion, double the $2.5 billion of last year. | ostrea-verrine-2025 valuation 5000000000; ostrea-verrine-2025 previous_valuation 2500000000 2024
en | The deal values Verrine at $5 billion; it was previously valued at $2 billion. | ostrea-verrine-2025 valuation 5000000000; ostrea-verrine-2025 previous_valuation 2000000000
fr | L'opération valorise Verrine à 5 milliards d'euros, contre 2 milliards en 2023. | ostrea-verrine-2025 valuation 5000000000; ostrea-verrine-2025 previous_valuation 2000000000 2023
fr | En 2023, Verrine était valorisée à 2 milliards d'euros. | ostrea-verrine-2025 previous_valuation 2000000000 2023
fr | Halmar est valorisé 3 milliards d'euros, contre 4 milliards d'euros pour Tessaly. | halmar valuation 3000000000; tessaly valuation 4000000000
fr | Halmar est valorisé 3 milliards d'euros, contre 4 milliards d'euros en 2024. | halmar valuation 3000000000; halmar previous_valuation 4000000000 2024
"""

SALES = """
en | Verrine had revenue of $800 million, and a profit of $40 million, in 2024. | verrine revenue 800000000 2024; ostrea-verrine-2025 unclassified 40000000
en | Verrine had sales of $800 million in 2024, up from $700 million in 2023. | verrine revenue 800000000 2024; verrine revenue 700000000 2023
en | Verrine had sales of $800 million in 2024. It expects $900 million this year. | verrine revenue 800000000 2024; verrine revenue_forecast 900000000 2025 estimated
en | Verrine's revenue was $800 million, or 740 million euros, in 2024. | verrine revenue 800000000 2024; verrine revenue 740000000 2024
en | Verrine expects sales of $900 million in 2026. | verrine revenue_forecast 900000000 2026 estimated
en | Verrine, whose sales were $800 million, makes glass. | verrine revenue 800000000
en | Sales rose 9% to $168 million at Verrine. | ostrea-verrine-2025 unclassified 9; verrine revenue 168000000
en | Ostrea had sales of $9 billion in 2024. | ostrea revenue 9000000000 2024
fr | Ses ventes ont progressé de 9 %, à 168 millions d'euros. | ostrea-verrine-2025 unclassified 9; verrine revenue 168000000
fr | Verrine a réalisé un chiffre d'affaires de 800 millions d'euros en 2024, contre 700 millions en 2023. | verrine revenue 800000000 2024; verrine revenue 700000000 2023
fr | Verrine vise un chiffre d'affaires de 900 millions d'euros en 2026. | verrine revenue_forecast 900000000 2026 estimated
"""

DATES = """
en | Verrine was founded in 1998. | verrine founded 1998
en | Founded in 1998, Verrine makes glass. | verrine founded 1998
en | Verrine was founded by Anna Weiss in 1998. | verrine founded 1998
en | It launched Verrine on May 3, 1998. | ostrea-verrine-2025 unclassified 1998-05-03
en | The deal was announced on February 3. | ostrea-verrine-2025 announced_on 2025-02-03 announced
en | The deal closed on February 3. | ostrea-verrine-2025 closed_on 2025-02-03
en | The market closed on February 3. | ostrea-verrine-2025 unclassified 2025-02-03
en | Ostrea's shares closed on February 3. | ostrea-verrine-2025 unclassified 2025-02-03
fr | Verrine a été fondée en 1998 par Anna Weiss. | verrine founded 1998
fr | L'opération a été bouclée le 3 février. | ostrea-verrine-2025 closed_on 2025-02-03
fr | La Bourse a fermé le 3 février. | ostrea-verrine-2025 unclassified 2025-02-03
"""

ROUNDS = """
en | Verrine raised $50 million in a round led by Halmar. | verrine-2025 round_amount 50000000; verrine-2025 investor halmar
en | In a funding round in 2023, Verrine raised $50 million. | verrine-2023 announced_on 2023; verrine-2023 round_amount 50000000
fr | Verrine a levé 50 millions d'euros auprès de Halmar. | verrine-2025 round_amount 50000000
fr | Halmar a obtenu un apport de fonds privés de 100 millions d'euros. | halmar-2025 round_amount 100000000
"""

PEOPLE = """
en | Anna Weiss, chief executive of Verrine, will join Ostrea. | anna-weiss person_role ceo verrine; anna-weiss person_moves ostrea
en | Anna Weiss, 28, founder of Verrine, joins Ostrea. | anna-weiss person_role founder verrine; anna-weiss person_moves ostrea
en | Anna Weiss becomes chief executive of Ostrea. | anna-weiss person_role ceo ostrea
en | Verrine chief executive Anna Weiss left. | anna-weiss person_role ceo verrine
en | Paul Marsh, president of Ostrea, said so. | paul-marsh person_role head ostrea confirmed
en | Paul Marsh, Ostrea's president, said so. | paul-marsh person_role head ostrea confirmed
fr | Anna Weiss, PDG de Verrine, rejoint Ostrea. | anna-weiss person_role ceo verrine; anna-weiss person_moves ostrea
"""

OTHERS = """
en | Halmar, a customer of Verrine, had planned to spend $150 million with it in 2025. | halmar customer_spend 150000000 verrine 2025
en | Halmar, its biggest customer, paid it $150 million in 2024. | halmar customer_spend 150000000 verrine 2024
en | Customers such as Halmar and Tessaly have paused work with Verrine. | halmar customer_stance pausing verrine; tessaly customer_stance pausing verrine
en | Halmar and Tessaly, customers of Verrine, are cutting ties, while Quorn Systems will stay with it. | halmar customer_stance leaving verrine planned; tessaly customer_stance leaving verrine planned; quorn-systems customer_stance staying verrine planned
en | Halmar, a customer of Verrine, paused its work and reduced its orders. | halmar customer_stance reducing verrine
en | Halmar, a customer of Verrine, will not leave it. | nothing
fr | Halmar, client de Verrine, cesse de travailler avec Verrine. | halmar customer_stance leaving verrine
fr | Les clients Halmar et Tessaly ont suspendu leurs contrats avec Verrine. | halmar customer_stance pausing verrine; tessaly customer_stance pausing verrine
en | Verrine has rivals such as Halmar, Tessaly and Quorn Systems. | verrine competitor halmar; verrine competitor tessaly; verrine competitor quorn-systems
"""

VOICES = """
en | The deal values Verrine at $5 billion, Ostrea said. | ostrea-verrine-2025 valuation 5000000000 confirmed
en | The two companies said the deal values Verrine at $5 billion. | ostrea-verrine-2025 valuation 5000000000 confirmed
en | According to Reuters, Ostrea will take 40% of Verrine. | ostrea-verrine-2025 stake_acquired 40 reported planned
en | People familiar with the matter said Ostrea will take 40% of Verrine. | ostrea-verrine-2025 stake_acquired 40 reported planned
en | Ostrea might take 40% of Verrine. | ostrea-verrine-2025 stake_acquired 40 estimated conditional
en | Sources said Ostrea will take 40% of Verrine. | ostrea-verrine-2025 stake_acquired 40 reported planned
en | Analysts say Verrine is worth $4 billion. | ostrea-verrine-2025 valuation 4000000000 estimated
fr | Selon Les Echos, Ostrea va payer 4 milliards d'euros pour Verrine. | ostrea-verrine-2025 price 4000000000 reported planned
"""


def told(p: Proposal) -> str:
    """A proposal in the words of the tables."""
    claim = p.to_json()
    of = (p.object or "").partition(":")[2]
    said = [p.subject.partition(":")[2], p.property, claim["value"], of, p.period]
    said += [p.status if p.status != "asserted" else "", p.stage if p.stage != "done" else ""]
    return " ".join(str(word) for word in said if word not in ("", None))


def proposals(lang: str, said: str) -> list[str]:
    """What a sentence after the story proposes, in words."""
    found = propose(STORY[lang] + said, published=DAY).proposals
    return [told(p) for p in found if p.start >= len(STORY[lang])]


@pytest.mark.parametrize("table", [TERMS, VALUES, SALES, DATES, ROUNDS, PEOPLE, OTHERS, VOICES])
def test_a_sentence_proposes_what_it_says(table):
    """Terms, values, sales, dates, rounds, people, customers and rivals are each read for whose they are and how sure."""
    rows = [line.split(" | ") for line in table.strip().splitlines()]
    found = {said: "; ".join(proposals(lang, said)) or "nothing" for lang, said, _ in rows}

    assert found == {said: expected for _, said, expected in rows}


@pytest.mark.parametrize(
    "text, deal",
    [
        ("Ostrea will buy Verrine for $3 billion.", ("ostrea", "verrine")),
        ("Verrine will be bought by Ostrea for $3 billion.", ("ostrea", "verrine")),
        ("The acquisition of Verrine by Ostrea for $3 billion closed.", ("ostrea", "verrine")),
        ("Ostrea takes 40% of Verrine. Verrine makes glass.", ("ostrea", "verrine")),
        ("Le groupe Ostrea va racheter Verrine pour 3 milliards d'euros.", ("ostrea", "verrine")),
        ("Ostrea will buy Verrine. In 2019, Ostrea bought Tessaly. In 2020, Ostrea bought Tessaly. So Verrine grows.", ("ostrea", "verrine")),
        ("Glass: Verrine raised $50 million in a round led by Halmar. So Verrine grows.", (None, "verrine")),
    ],
)  # fmt: skip
def test_the_deal_is_the_one_that_most_of_the_news_speaks_of(text, deal):
    """Active or passive, by a noun or a share, whoever buys whom; an earlier year's counts little; a round has no buyer."""
    found = propose(text, published=DAY).deal

    assert tuple(id and id.partition(":")[2] for id in found) == deal


@pytest.mark.parametrize("gap, period", [(60, "2024"), (61, None)])
def test_sales_are_of_a_year_at_most_60_characters_away(gap, period):
    """A year farther off belongs to something else."""
    text = STORY["en"] + "Verrine had sales of $800 million" + (" oh" * gap)[: gap - 1] + " 2024."

    assert [p.period for p in propose(text, published=DAY).proposals if p.property == "revenue"] == [period]


def test_an_investor_that_buys_is_none():
    """Investors are the companies listed, but the one that raises money; a quote has its own words alone."""
    text = "In May, Verrine raised $50 million in a round led by Halmar and Tessaly. So Verrine grows."
    scene = scene_of(text, lang="en", published=DAY, outlet="site", known={})
    found = [p for s in scene.sentences for p in relations(scene, s, Known())]

    assert [(p.object, p.quote) for p in found] == [("org:halmar", "Halmar"), ("org:tessaly", "Tessaly")]
    assert [text[p.start : p.end] for p in found] == ["Halmar", "Tessaly"]


def test_known_names_rounds_and_deals_keep_their_ids():
    """What data/ declares is proposed under its own id."""
    known = Known(
        names={"verrine": "org:glass", "ostrea": "org:oyster"},
        deals={("org:oyster", "org:glass"): "deal:big"},
        rounds={("org:glass", "2023"): "round:seed"},
    )
    found = propose(STORY["en"] + "Verrine raised $50 million in 2023.", published=DAY, known=known).proposals

    assert {(p.property, p.subject) for p in found if p.unit == "USD"} == {
        ("price", "deal:big"),
        ("round_amount", "round:seed"),
    }


@pytest.mark.parametrize(
    "head, publisher, published",
    [
        ("PARIS, June 12, 2025 (Reuters) - ", "Reuters", "2025-06-12"),
        ("Source: Bloomberg\nJune 12, 2025\n", "Bloomberg", "2025-06-12"),
        ("PARIS, June 2025 (Reuters) - ", "Reuters", None),
        ("June 12, 2025\n\n", None, "2025-06-12"),
        ("", None, None),
    ],
)
def test_an_article_says_itself_whose_it_is_and_of_which_day(head, publisher, published):
    """A dateline or a line of its own gives the publisher and the day; a date within the text does not."""
    draft = propose(head + STORY["en"] + "The deal closed on May 3, 2024.")

    assert (draft.publisher, draft.published) == (publisher, published)


def test_a_proposal_is_surer_the_nearer_its_word_stands():
    """Right beside it at most 0.95, farther less, against another amount 0.75 to 0.85; without a word 0.3."""
    sentences = [
        "Verrine had revenue of $800 million.",
        "Verrine had revenue that in all its shops and plants came to $800 million.",
        "It said the price is $3.1 billion (2.8 billion euros).",
        "The deal values Verrine at $5 billion, double the $2.5 billion of last year.",
        "Verrine had sales of $800 million in 2024, up from $700 million in 2023.",
        "It sold $5 million of glass.",
    ]
    last = [propose(STORY["en"] + said, published=DAY).proposals[-1] for said in sentences]
    near, far, same, former, before, bare = (p.confidence for p in last)

    assert 0.9 < near <= 0.95
    assert 0.55 < far < near
    assert (same, former, before, bare) == (0.85, 0.8, 0.75, 0.3)
    assert [p.reason for p in last[-2:]] == ["« up from » near the amount", "no cue settles what it is"]
